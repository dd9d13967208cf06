using Tessera.Inference.Gguf;

namespace Tessera.Benchmarks.Engine;

/// <summary>The models that are measured: random weights, made once beside the benchmark.</summary>
internal static class EngineFiles
{
    public static string M135 => Model("135m", RandomModelShape.M135);

    public static string B1 => Model("1b", RandomModelShape.B1);

    public static string Model(string name, RandomModelShape shape)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models")).FullName, $"{name}.gguf");
        if (!File.Exists(path))
        {
            RandomModel.Write(path + ".new", shape, 1);
            File.Move(path + ".new", path);
        }

        return path;
    }

    public static string Adapter(string name, string model, int seed)
    {
        var path = Path.Combine(Path.GetDirectoryName(model)!, $"{name}.gguf");
        RandomModel.WriteAdapter(path, model, 16, seed);
        return path;
    }
}
