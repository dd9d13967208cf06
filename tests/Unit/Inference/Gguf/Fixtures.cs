using Tessera.Inference.Gguf;

namespace Tessera.Unit.Inference.Gguf;

/// <summary>Small models with random weights, made once a run in a folder of its own.</summary>
public sealed class Fixtures : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-gguf-").FullName;

    public static TheoryData<string> Families => [.. RandomModelShape.Tiny.Keys];

    public string Model(string family) => Model(family, RandomModelShape.Tiny[family]);

    public string Model(string name, RandomModelShape shape)
    {
        lock (folder)
        {
            var path = Path.Combine(folder, $"{name}.gguf");
            if (!File.Exists(path))
            {
                RandomModel.Write(path, shape, 7);
            }

            return path;
        }
    }

    public string New() => Path.Combine(folder, $"{Guid.NewGuid():N}.gguf");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
