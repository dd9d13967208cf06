using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>ask</c>: an answer with the places that it rests on.</summary>
internal static class AskCommand
{
    private static readonly Argument<string> Domain = new("domain") { Description = "Id of the domain." };

    private static readonly Argument<string> Question = new("question") { Description = "The question." };

    public static Command Create()
    {
        var command = new Command("ask", "Answers a question from the domain's documents.") { Domain, Question };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var answer = await server.PostAsync(
            $"/api/v1/domains/{Uri.EscapeDataString(parsed.GetRequiredValue(Domain))}/answers",
            new { question = parsed.GetRequiredValue(Question) },
            cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(answer);
        }
        else
        {
            Show(answer!);
        }

        return ExitCode.Ok;
    }

    private static void Show(JsonNode answer)
    {
        var citations = answer["citations"]!.AsArray();
        if (citations.Count == 0)
        {
            Console.WriteLine(Place.OneLine(answer["text"]!.GetValue<string>(), 2000));
            return;
        }

        foreach (var sentence in answer["sentences"]!.AsArray())
        {
            var marks = string.Concat(sentence!["citations"]!.AsArray().Select(index => $" [{index!.GetValue<int>() + 1}]"));
            Console.WriteLine(Place.OneLine(sentence["text"]!.GetValue<string>(), 2000) + marks);
        }

        Console.WriteLine();
        for (var i = 0; i < citations.Count; i++)
        {
            Console.WriteLine($"[{i + 1}] {Place.Of(citations[i]!)}");
            foreach (var place in Place.Also(citations[i]!["alsoIn"]))
            {
                Console.WriteLine($"    {place}");
            }

            foreach (var reference in answer["references"]!.AsArray().Where(x => x!["citation"]!.GetValue<int>() == i))
            {
                Console.WriteLine($"    {Place.OneLine(reference!["words"]!.GetValue<string>(), 60)}: {Place.OneLine(reference["quote"]!.GetValue<string>(), 300)}");
            }
        }
    }
}
