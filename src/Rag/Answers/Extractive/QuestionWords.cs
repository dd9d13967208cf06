using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What a question asks for: its words without those that only ask.</summary>
internal static class QuestionWords
{
    private static readonly HashSet<string> Asking = ReadList();

    /// <summary>Distinct terms in the order of the question; all of them where the question has no other words.</summary>
    public static IReadOnlyList<string> Of(string question, TextAnalyzer analyzer)
    {
        var all = analyzer.Terms(question).Distinct(StringComparer.Ordinal).ToList();
        var telling = all.Where(term => !Asking.Contains(term)).ToList();
        return telling.Count > 0 ? telling : all;
    }

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
