using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>plugins install</c>: verifies, loads and tests a package; it is active when the command ends well.</summary>
internal static class PluginsInstallCommand
{
    private static readonly Argument<string> Package = new("package") { Description = "The package." };

    public static Command Create()
    {
        var command = new Command("install", "Installs a package, or a newer version of one; exit 1 with the reason where it is refused.") { Package };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var bytes = PackageFile.Read(parsed.GetRequiredValue(Package));
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "package.tessera" } };
        var plugin = await server.AskAsync(HttpMethod.Post, PluginsCommand.Route, form, cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(plugin);
        }
        else
        {
            Console.WriteLine(PluginsCommand.Line(plugin!));
        }

        return ExitCode.Ok;
    }
}
