using System.Diagnostics;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Unit.Inference.Gguf;

namespace Tessera.Benchmarks;

/// <summary>Broken model files: refused by managed code, or tried in a child process as the host does when one is added.</summary>
internal static class GgufBenchmark
{
    private const int Mutants = 1000;
    private const int Refused = 3;

    public static async Task<bool> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-mutants-").FullName;
        var table = new FigureTable();
        try
        {
            var (refused, ran, childRefused, childDied, other) = (0, 0, 0, 0, 0);
            var path = Path.Combine(folder, "mutant.gguf");
            foreach (var (family, shape) in RandomModelShape.Tiny)
            {
                RandomModel.Write(path, shape, 7);
                var original = await File.ReadAllBytesAsync(path);
                var header = (int)(original.Length - GgufFile.Read(path).Tensors.Sum(tensor => tensor.Bytes));
                for (var seed = 0; seed <= Mutants / RandomModelShape.Tiny.Count; seed++)
                {
                    await File.WriteAllBytesAsync(path, Unit.Inference.Gguf.Mutants.Make(original, header, (seed * 31) + family.Length));
                    switch (Judge(path))
                    {
                        case null:
                            var code = await TryAsync(path, shape.Pooling switch { null => "chat", 4 => "reranker", _ => "embedding" });
                            ran += code == 0 ? 1 : 0;
                            childRefused += code == Refused ? 1 : 0;
                            childDied += code is not (0 or Refused) ? 1 : 0;
                            if (code is not (0 or Refused))
                            {
                                Console.WriteLine($"{family}, seed {seed}: the child ended with {code}");
                            }

                            break;
                        case ModelFault.BadFile:
                            refused++;
                            break;
                        default:
                            other++;
                            break;
                    }
                }
            }

            Console.WriteLine($"{refused} refused by managed code; of the others {ran} ran, {childRefused} were refused by the child, {childDied} took the child down and are refused for it");
            table.AtLeast("mutants", refused + ran + childRefused + childDied + other, Mutants);
            table.AtMost("hosts that died", 0, 0);
            table.AtMost("mutants that ended otherwise", other, 0);
            return table.Print();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelFault? Judge(string path)
    {
        try
        {
            ModelCard.Read(path);
            return null;
        }
        catch (ModelException failure)
        {
            return failure.Fault;
        }
    }

    private static async Task<int> TryAsync(string path, string role)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", RunningHost.FindHost(), "models", "trial", path, "--role", role])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        using var child = Process.Start(start)!;
        var (said, complained) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        await Task.WhenAll(said, complained);
        return child.ExitCode;
    }
}
