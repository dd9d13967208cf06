using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>plugins list</c>: every installed package, also those that are not active and why.</summary>
internal static class PluginsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Shows the installed domains, those that are not active with the reason.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var list = await server.GetAsync(PluginsCommand.Route, cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(list);
            return ExitCode.Ok;
        }

        foreach (var plugin in list!["items"]!.AsArray())
        {
            Console.WriteLine(PluginsCommand.Line(plugin!));
        }

        return ExitCode.Ok;
    }
}
