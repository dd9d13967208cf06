using System.ComponentModel;
using System.Diagnostics;
using Tessera.Inference;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Models;

/// <summary>
/// Loads a file once in a child process, the host's own <c>models trial</c>: a file that kills the engine kills the child. What the
/// child writes to standard error is the native library's, made of the file's own text, and is thrown away.
/// </summary>
/// <param name="start">How the child is started for a file and a role.</param>
/// <param name="patience">How long it may take.</param>
internal sealed class ModelTrial(Func<string, ModelRole, ProcessStartInfo> start, TimeSpan patience) : IModelTrial
{
    /// <summary>Exit code of a child that says on standard output why the file is refused.</summary>
    public const int Refused = 3;

    private const int LongestReason = 1000;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public ModelTrial()
        : this(OwnExecutable, Usual)
    {
    }

    public async Task<string?> RunAsync(string path, ModelRole role, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        Process child;
        try
        {
            child = Process.Start(start(path, role))!;
        }
        catch (Win32Exception)
        {
            return "The process that tries models out cannot be started. Install Tessera again.";
        }

        using (child)
        {
            try
            {
                child.StandardInput.Close();
                var errors = child.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
                var said = await ReadAsync(child.StandardOutput, limit.Token);
                await errors;
                await child.WaitForExitAsync(limit.Token);
                return child.ExitCode switch
                {
                    0 => null,
                    Refused when said.Length > 0 => said,
                    _ => "The engine broke down when it loaded the file. The file is damaged, or of a kind that this engine cannot run.",
                };
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"Loading it took longer than {patience.TotalMinutes:0.#} minutes.";
            }
            finally
            {
                if (!child.HasExited)
                {
                    child.Kill(entireProcessTree: true);
                }
            }
        }
    }

    // One line of ours; what is longer is read to its end, so that the child does not wait for a reader, and cut.
    private static async Task<string> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var text = new char[LongestReason];
        var length = await output.ReadBlockAsync(text, cancellationToken);
        await output.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        return Cli.Place.OneLine(new string(text, 0, length), LongestReason);
    }

    private static ProcessStartInfo OwnExecutable(string path, ModelRole role)
    {
        var start = new ProcessStartInfo(
            ChildLaunch.Dotnet(), ["exec", typeof(ModelTrial).Assembly.Location, "models", "trial", Path.GetFullPath(path), "--role", ModelRoles.Text(role)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var search = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = search;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // A library that aborts would start a debugger.
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        return start;
    }
}
