using System.CommandLine;
using System.Globalization;

namespace Tessera.Host.Cli;

/// <summary><c>search</c>: the passages that match best.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string> Domain = new("domain") { Description = "Id of the domain." };

    private static readonly Argument<string> Query = new("query") { Description = "Words or a question." };

    private static readonly Option<int> Top = new("--top") { Description = "How many passages.", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        var command = new Command("search", "Shows the passages that match best.") { Domain, Query, Top };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var reply = await server.PostAsync(
            $"/api/v1/domains/{Uri.EscapeDataString(parsed.GetRequiredValue(Domain))}/search",
            new { query = parsed.GetRequiredValue(Query), top = parsed.GetRequiredValue(Top) },
            cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(reply);
            return ExitCode.Ok;
        }

        var passages = reply!["passages"]!.AsArray();
        foreach (var passage in passages)
        {
            Console.WriteLine($"{passage!["score"]!.GetValue<double>().ToString("0.00", CultureInfo.InvariantCulture)}  {Place.Of(passage)}");
            Console.WriteLine($"      {Place.OneLine(passage["text"]!.GetValue<string>(), 300)}");
        }

        if (passages.Count == 0)
        {
            Console.WriteLine("Nothing matches.");
        }

        return ExitCode.Ok;
    }
}
