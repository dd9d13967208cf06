using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>plugins remove</c>: takes a domain away from everybody; documents stay.</summary>
internal static class PluginsRemoveCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "Id of the domain." };

    public static Command Create()
    {
        var command = new Command("remove", "Takes an installed domain away. Its documents stay and can be asked again once it is back.") { Id };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Id);
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        await server.AskAsync(HttpMethod.Delete, $"{PluginsCommand.Route}/{Uri.EscapeDataString(id)}", null, cancellationToken);
        if (!parsed.GetValue(GlobalOptions.Json))
        {
            Console.WriteLine($"{Place.OneLine(id, 32)} is removed.");
        }

        return ExitCode.Ok;
    }
}
