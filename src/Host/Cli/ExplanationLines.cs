using System.Globalization;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary>An explained search as <c>search --explain</c> prints it: the words, a row of figures a passage, then each with why.</summary>
internal static class ExplanationLines
{
    public static void Print(JsonNode reply)
    {
        var (words, passages) = (reply["words"]!.AsArray(), reply["passages"]!.AsArray());
        Console.WriteLine(words.Count == 0
            ? "The question has no word to search: only stop words."
            : $"searched: {string.Join(", ", words.Select(word => Word(word!)))}");
        if (passages.Count == 0)
        {
            Console.WriteLine("Nothing matches.");
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reply["candidates"]} candidates in {Number(reply["milliseconds"]!):0.0} ms, setup {reply["setup"]}; {(reply["ranked"]!.GetValue<bool>() ? "ordered by the domain's ranker: figures are above or below the mean of the candidates" : "ordered by the weighted sum of the signals")}"));
        if (reply["reranking"] is { } reranking)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Place.OneLine(reranking["model"]!.GetValue<string>(), 100)} {(reranking["problem"]?.GetValue<string>() is { } problem ? $"did not order them: {Place.OneLine(problem, 200)}" : $"read the first {reranking["read"]} again and ordered them")} ({Number(reranking["milliseconds"]!):0} ms)"));
        }

        Console.WriteLine();
        var signals = passages[0]!["parts"]!.AsArray().Select(part => part!["signal"]!.GetValue<string>()).ToList();
        Console.WriteLine($"rank  before    total{string.Concat(signals.Select(signal => signal.PadLeft(10)))}");
        foreach (var passage in passages)
        {
            var parts = passage!["parts"]!.AsArray().Select(part => Figure(part!["contribution"]!).PadLeft(10));
            Console.WriteLine($"{passage["rank"],4}{passage["candidateRank"],8}{Figure(passage["total"]!),9}{string.Concat(parts)}");
        }

        foreach (var passage in passages)
        {
            Console.WriteLine();
            Console.WriteLine($"{passage!["rank"]}  {Place.Of(passage)}");
            if (passage["reread"] is { } score)
            {
                Console.WriteLine($"   reranker: {Figure(score)}");
            }

            Console.WriteLine($"   why: {Place.OneLine(passage["why"]!.GetValue<string>(), 500)}");
            Console.WriteLine($"   {Place.OneLine(passage["text"]!.GetValue<string>(), 300)}");
            foreach (var place in Place.Also(passage["duplicates"]))
            {
                Console.WriteLine($"   {place}");
            }
        }
    }

    private static string Word(JsonNode word) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Place.OneLine(word["word"]!.GetValue<string>(), 64)} {Number(word["idf"]!):0.0}{(word["added"]!.GetValue<bool>() ? $" (added, weight {Number(word["weight"]!):0.##})" : "")}");

    private static string Figure(JsonNode value) => Number(value).ToString("0.00", CultureInfo.InvariantCulture);

    private static double Number(JsonNode value) => value.GetValue<double>();
}
