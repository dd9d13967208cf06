using System.Diagnostics;

namespace Tessera.Integration.Cli;

/// <summary>Runs the host's executable as a person would.</summary>
internal static class CommandRun
{
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) => RunWithKeyAsync(null, args);

    /// <summary><see cref="RunAsync"/> with <c>TESSERA_KEY</c> set.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunWithKeyAsync(string? key, params string[] args) =>
        RunWithAsync("TESSERA_KEY", key, args);

    /// <summary><see cref="RunAsync"/> with a variable set.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithAsync(string variable, string? value, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll"), .. args])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
