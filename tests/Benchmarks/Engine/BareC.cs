using System.Diagnostics;
using System.Globalization;
using Tessera.Inference.Llama.Native;

namespace Tessera.Benchmarks.Engine;

/// <summary>A bare loop in C over the same library, a process that waits for rounds. Needs gcc, git and npm, which brings the header of the release.</summary>
internal sealed class BareC : IDisposable
{
    private const string HeaderPackage = "node-llama-cpp@3.22.1";
    private readonly Process process;

    private BareC(Process process) => this.process = process;

    public static async Task<BareC> StartAsync(string model, int threads, int context)
    {
        var program = await BuildAsync();
        return new BareC(Process.Start(new ProcessStartInfo(program, [NativeEngine.Folder, model, $"{threads}", $"{context}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Seconds up to the first token, and of the tokens after it.</summary>
    public async Task<(double Prompt, double Reply)> RunAsync(IReadOnlyList<int> prompt, int count)
    {
        await process.StandardInput.WriteLineAsync($"{count} {prompt.Count} {string.Join(' ', prompt)}");
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare loop ended.");
        var words = line.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<string> BuildAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "bare")).FullName;
        var program = Path.Combine(folder, "bare_loop");
        if (File.Exists(program))
        {
            return program;
        }

        await RunAsync(folder, "npm", "pack", HeaderPackage, "--silent");
        await RunAsync(folder, "tar", "xzf", Path.GetFileName(Directory.GetFiles(folder, "node-llama-cpp-*.tgz").Single()), "package/llama/gitRelease.bundle");
        await RunAsync(folder, "git", "clone", "--quiet", "-c", "advice.detachedHead=false", "package/llama/gitRelease.bundle", "source");
        await RunAsync(
            folder, "gcc", "-O3", "-o", program, Path.Combine(AppContext.BaseDirectory, "native", "bare_loop.c"), "-Isource/include", "-Isource/ggml/include",
            Path.Combine(NativeEngine.Folder, NativeRelease.Llama), Path.Combine(NativeEngine.Folder, NativeRelease.Ggml),
            $"-Wl,-rpath,{NativeEngine.Folder}", "-Wl,--allow-shlib-undefined");
        return program;
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} failed: the bare loop needs gcc, git and npm.");
        }
    }
}
