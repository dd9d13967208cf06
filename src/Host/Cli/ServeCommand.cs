using System.CommandLine;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary><c>serve</c>: the portal, the REST API and the jobs, until it is stopped.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';' (TESSERA_URLS; default: http://127.0.0.1:5080; port 0 takes a free one).",
        HelpName = "addresses",
    };

    private static readonly Option<bool> BehindProxy = new("--behind-proxy")
    {
        Description = "A proxy in front does TLS: plain HTTP beyond loopback is allowed, forwarded headers count.",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Starts the server; also what no command does.") { Urls, BehindProxy };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Settings.Read(parsed);
        if (parsed.GetValue(BehindProxy))
        {
            options = options with { BehindProxy = true };
        }

        if (parsed.GetValue(Urls) is { } urls)
        {
            options = options with { Urls = urls };
        }

        await TesseraHost.ServeAsync(options, [], cancellationToken);
        return ExitCode.Ok;
    }
}
