using System.CommandLine;
using System.Diagnostics;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Cli;

/// <summary><c>train</c>: starts the Training program, a process of its own, and hands it all that follows.</summary>
internal static class TrainCommand
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "training", "Tessera.Training.dll");

    private static readonly Argument<string[]> Rest = new("what")
    {
        Description = "translation, embedder, ranker, answers or adapt, and its options; 'train ranker --help' (after '--') tells them.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("train", "Learn a domain's small models from pairs and passages.") { Rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program))
        {
            throw new CommandFailedException("The Training program is not beside the host. Build src/Host again, or reinstall.");
        }

        using var training = Process.Start(new ProcessStartInfo(ChildLaunch.Dotnet(), ["exec", Program, .. parsed.GetRequiredValue(Rest), .. parsed.UnmatchedTokens]))
            ?? throw new CommandFailedException("The Training program did not start.");
        try
        {
            await training.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            training.Kill(entireProcessTree: true);
            throw;
        }

        return training.ExitCode;
    }
}
