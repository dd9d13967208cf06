using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>models remove</c>: takes a model away and deletes its file.</summary>
internal static class ModelsRemoveCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Name of the model." };

    private static readonly Option<bool> Force = new("--force") { Description = "Also where it is the platform's default, or tenants chose it." };

    public static Command Create()
    {
        var command = new Command("remove", "Takes an installed model away and deletes its file.") { Name, Force };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        await server.AskAsync(HttpMethod.Delete, ModelsCommand.Address(name) + (parsed.GetValue(Force) ? "?force=true" : ""), null, cancellationToken);
        if (!parsed.GetValue(GlobalOptions.Json))
        {
            Console.WriteLine($"{Place.OneLine(name, 100)} is removed.");
        }

        return ExitCode.Ok;
    }
}
