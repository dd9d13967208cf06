using System.CommandLine;
using System.Globalization;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Cli;

/// <summary><c>search</c>: the passages that match best.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string> Domain = new("domain") { Description = "Id of the domain." };

    private static readonly Argument<string> Query = new("query") { Description = "Words or a question." };

    private static readonly Option<int> Top = new("--top") { Description = "How many passages.", DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> Explain = new("--explain") { Description = "Also tell why each passage was found, and what each signal adds to its score." };

    private static readonly Option<string> Setup = new("--setup")
    {
        Description = $"With --explain: what takes part, {string.Join(", ", RetrievalSetup.All.Select(setup => setup.Id))}.",
        HelpName = "setup",
        DefaultValueFactory = _ => RetrievalSetup.Configured.Id,
    };

    public static Command Create()
    {
        Setup.AcceptOnlyFromAmong([.. RetrievalSetup.All.Select(setup => setup.Id)]);
        var command = new Command("search", "Shows the passages that match best.") { Domain, Query, Top, Explain, Setup };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Setup) is { Implicit: false } && !result.GetValue(Explain))
            {
                result.AddError("--setup needs --explain.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var (explain, query, top) = (parsed.GetValue(Explain), parsed.GetRequiredValue(Query), parsed.GetRequiredValue(Top));
        var reply = await server.PostAsync(
            $"/api/v1/domains/{Uri.EscapeDataString(parsed.GetRequiredValue(Domain))}/search{(explain ? "/explain" : "")}",
            explain ? new { query, top, setup = parsed.GetRequiredValue(Setup) } : new { query, top },
            cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(reply);
            return ExitCode.Ok;
        }

        if (explain)
        {
            ExplanationLines.Print(reply!);
            return ExitCode.Ok;
        }

        var passages = reply!["passages"]!.AsArray();
        foreach (var passage in passages)
        {
            Console.WriteLine($"{passage!["score"]!.GetValue<double>().ToString("0.00", CultureInfo.InvariantCulture)}  {Place.Of(passage)}");
            Console.WriteLine($"      {Place.OneLine(passage["text"]!.GetValue<string>(), 300)}");
            foreach (var place in Place.Also(passage["duplicates"]))
            {
                Console.WriteLine($"      {place}");
            }
        }

        if (passages.Count == 0)
        {
            Console.WriteLine("Nothing matches.");
        }

        return ExitCode.Ok;
    }
}
