using System.ComponentModel;
using System.Diagnostics;

namespace Tessera.Host.Cli;

/// <summary>Programs that the Reader uses where they are installed.</summary>
internal static class DoctorTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<DoctorCheck>> RunAsync(CancellationToken cancellationToken) =>
    [
        await RunAsync("tesseract", "--list-langs", Languages, "Scanned pages and pictures give no text. Install tesseract-ocr.", cancellationToken),
        await RunAsync("pdftoppm", "-v", FirstLine, "Scanned PDFs give no text. Install poppler-utils.", cancellationToken),
    ];

    private static async Task<DoctorCheck> RunAsync(
        string program, string argument, Func<string, string> read, string wayOut, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(patience.Token);
                var errors = await process.StandardError.ReadToEndAsync(patience.Token);
                var said = await output + errors;
                await process.WaitForExitAsync(patience.Token);
                return process.ExitCode == 0
                    ? new DoctorCheck(program, DoctorState.Ok, read(said))
                    : new DoctorCheck(program, DoctorState.Missing, $"It is installed and does not run: {FirstLine(said)}. {wayOut}");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return new DoctorCheck(program, DoctorState.Missing, $"It is installed and does not answer. {wayOut}");
            }
        }
        catch (Win32Exception)
        {
            return new DoctorCheck(program, DoctorState.Missing, wayOut);
        }
    }

    // A line of title, then a language a line.
    private static string Languages(string said) =>
        "languages: " + string.Join(", ", said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1));

    private static string FirstLine(string said) => said.Split('\n', StringSplitOptions.TrimEntries)[0];
}
