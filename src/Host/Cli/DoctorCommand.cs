using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Host.Cli;

/// <summary><c>doctor</c>: whether this machine has what Tessera needs, a line a thing. Changes nothing; a running server does not mind.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Option<string?> Ready = new("--ready")
    {
        Description = "Only ask whether the server at this address is ready; exit 0 if it is.",
        HelpName = "address",
    };

    public static Command Create()
    {
        var command = new Command("doctor", "Says what this machine lacks and what to do; exit 1 only where Tessera cannot work.") { Ready };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Ready) is { } url)
        {
            return await IsReadyAsync(url, cancellationToken) ? ExitCode.Ok : ExitCode.Failed;
        }

        var checks = await DoctorChecks.RunAsync(Settings.Read(parsed), cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(new { items = checks }, Web));
        }
        else
        {
            foreach (var check in checks)
            {
                Console.WriteLine($"{check.State.ToString().ToLower(CultureInfo.InvariantCulture),-8} {check.Name,-14} {Place.OneLine(check.Detail, 600)}");
            }
        }

        return checks.Any(check => check.State == DoctorState.Broken) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<bool> IsReadyAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException($"'{url}' is not an address. Write it as http://127.0.0.1:5080.", ExitCode.Usage);
        }

        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var reply = await client.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return reply.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
