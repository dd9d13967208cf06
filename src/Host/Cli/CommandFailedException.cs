namespace Tessera.Host.Cli;

/// <summary>Ends a command with a line on standard error that says what is wrong and what to do.</summary>
/// <param name="message">Without a final line break.</param>
/// <param name="exitCode">1: it failed; 2: it was called wrongly.</param>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed, Exception? inner = null)
    : Exception(message, inner)
{
    public int Code { get; } = exitCode;
}
