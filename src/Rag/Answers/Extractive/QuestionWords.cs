using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What a question asks for: its words without those that only ask.</summary>
internal static class QuestionWords
{
    private static readonly HashSet<string> Asking = ReadList();

    /// <summary>Distinct terms in the order of the question; all of them where the question has no other words.</summary>
    public static IReadOnlyList<string> Of(string question, TextAnalyzer analyzer)
    {
        var telling = Telling(question, analyzer);
        return telling.Count > 0 ? telling : [.. analyzer.Terms(question).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>As <see cref="Of"/>, but empty where the question only asks.</summary>
    public static IReadOnlyList<string> Telling(string question, TextAnalyzer analyzer) =>
        [.. analyzer.Terms(question).Distinct(StringComparer.Ordinal).Where(term => !Asking.Contains(term))];

    private static HashSet<string> ReadList()
    {
        using var stream = typeof(QuestionWords).Assembly.GetManifestResourceStream("Tessera.Rag.Answers.Extractive.question-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(PorterStemmer.Stem)
            .ToHashSet(StringComparer.Ordinal);
    }
}
