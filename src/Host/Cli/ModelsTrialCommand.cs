using System.CommandLine;
using Tessera.Host.Models;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Cli;

/// <summary>
/// <c>models trial</c>, hidden: what <see cref="ModelTrial"/> runs as a child. Loads a file once with the native library, which a broken
/// file may take down with the process.
/// </summary>
internal static class ModelsTrialCommand
{
    private static readonly Argument<string> FilePath = new("file");

    private static readonly Option<string> Role = new("--role") { Required = true };

    public static Command Create()
    {
        var command = new Command("trial") { FilePath, Role };
        command.Hidden = true;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, role) = (parsed.GetRequiredValue(FilePath), ModelRoles.Find(parsed.GetRequiredValue(Role)) ?? ModelRole.Chat);
        try
        {
            ModelCard.Read(file);
            await ModelEngine.TryAsync(file, role, cancellationToken);
            return ExitCode.Ok;
        }
        catch (ModelException refused)
        {
            Console.WriteLine(refused.Message);
            return ModelTrial.Refused;
        }
    }
}
