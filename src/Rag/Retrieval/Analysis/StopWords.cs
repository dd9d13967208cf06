using System.Collections.Frozen;

namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>Words that say nothing of what a text is about.</summary>
internal static class StopWords
{
    /// <summary>The 33 words that Lucene's English analysis leaves out.</summary>
    public static FrozenSet<string> English { get; } = Read("stop-words.txt");

    private static FrozenSet<string> Read(string file)
    {
        using var stream = typeof(StopWords).Assembly.GetManifestResourceStream(typeof(StopWords), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();
    }
}
