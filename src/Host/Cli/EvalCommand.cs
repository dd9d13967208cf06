using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>eval</c>: how well a domain does on a set of questions with known answers.</summary>
internal static class EvalCommand
{
    public static Command Create() => new("eval", "Measure a domain on questions with known answers.")
    {
        EvalRetrievalCommand.Create(),
        EvalAnswersCommand.Create(),
    };
}
