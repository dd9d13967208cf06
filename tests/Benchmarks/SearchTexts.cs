using System.IO.Compression;
using System.Text.Json;
using Tessera.Evals;
using Tessera.Rag.Evaluation;

namespace Tessera.Benchmarks;

/// <summary>The passages and questions that searches are timed with.</summary>
internal static class SearchTexts
{
    private static readonly string[] Corpora =
    [
        "legal/cuad", "legal/policyqa", "medical/covidqa", "medical/medquad", "medical/pubmedqa", "general/cranfield", "general/xquad-en",
    ];

    private static readonly string[] Asked = ["medical/covidqa", "legal/policyqa", "legal/cuad"];

    /// <summary>The passages of all corpora.</summary>
    public static async Task<List<BeirPassage>> PassagesAsync()
    {
        var passages = new List<BeirPassage>();
        foreach (var set in Corpora)
        {
            passages.AddRange(await new BeirFolder(SharedFolder.Of(set)).ReadCorpusAsync(CancellationToken.None).ToListAsync());
        }

        return passages;
    }

    /// <summary>So many questions, in turn from each set.</summary>
    public static async Task<List<string>> QuestionsAsync(int count)
    {
        var sets = new List<List<string>>();
        foreach (var set in Asked)
        {
            sets.Add(await new BeirFolder(SharedFolder.Of(set)).ReadQueriesAsync(CancellationToken.None).Select(x => x.Text).ToListAsync());
        }

        return [.. Enumerable.Range(0, count).Select(i => sets[i % sets.Count][i / sets.Count])];
    }

    /// <summary>The training texts of law, whole.</summary>
    public static IEnumerable<string> ReadLaw()
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(SharedFolder.Of("train"), "legal.jsonl.gz")), CompressionMode.Decompress));
        while (file.ReadLine() is { } line)
        {
            if (JsonSerializer.Deserialize<JsonElement>(line).TryGetProperty("text", out var text))
            {
                yield return text.GetString()!;
            }
        }
    }

    /// <summary>So many differing stretches of the training texts of law, each of as many characters.</summary>
    public static List<string> LawPieces(int count, int length) =>
        [.. ReadLaw().SelectMany(x => x.Chunk(length).Where(piece => piece.Length == length)).Select(x => new string(x)).Distinct().Take(count)];
}
