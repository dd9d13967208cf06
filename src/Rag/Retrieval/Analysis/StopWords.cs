using System.Collections.Frozen;

namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>Words that say nothing of what a text is about.</summary>
internal static class StopWords
{
    /// <summary>The 33 words that Lucene's English analysis leaves out.</summary>
    public static FrozenSet<string> English { get; } = Read("stop-words.txt");

    /// <summary>Words that ask and tell nothing of what is asked.</summary>
    public static FrozenSet<string> Questions { get; } = Read("question-stop-words.txt");

    /// <summary>The same for questions about code, which name its language.</summary>
    public static FrozenSet<string> CodeQuestions { get; } = Questions.Union(Read("question-stop-words-code.txt")).ToFrozenSet();

    private static FrozenSet<string> Read(string file)
    {
        using var stream = typeof(StopWords).Assembly.GetManifestResourceStream(typeof(StopWords), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();
    }
}
