using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>
/// Gathers headings and titles with what stands below them. A heading that stands in many places ("Introduction") asks for none of them and is left
/// out. Add every document, then <see cref="ToList"/>.
/// </summary>
/// <param name="analysis">How the domain's words are made.</param>
public sealed class HeadingPairs(TextAnalysis analysis)
{
    // The same heading in a few places asks for all of them; in more it is a form that documents share.
    private const int MostPlaces = 3;

    // A longer document is about more than its name says.
    private const int MostChunksOfTitle = 10;

    private readonly TextAnalyzer analyzer = TextAnalyzer.For(analysis);
    private readonly Dictionary<string, Found> found = new(StringComparer.Ordinal);

    /// <summary>Adds a document.</summary>
    /// <param name="name">Its name, with an ending or without.</param>
    /// <param name="chunks">All of its chunks.</param>
    public void Add(string name, IReadOnlyList<Chunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(chunks);
        foreach (var section in chunks.Where(chunk => chunk.Path.Length > 0).GroupBy(chunk => chunk.Path))
        {
            Add(Heading.Clean(section.Key.Split(Section.Separator)[^1]), $"{section.First().Document.Value:N} {section.Key}", [.. section]);
        }

        if (chunks.Count is > 0 and <= MostChunksOfTitle && Heading.OfName(name) is { Length: > 0 } title)
        {
            Add(title, $"{chunks[0].Document.Value:N} ", chunks);
        }
    }

    /// <summary>The pairs, each heading once, ordered by their keys.</summary>
    public IReadOnlyList<HeadingPair> ToList() =>
    [
        .. found.Where(x => x.Value.Places.Count <= MostPlaces).OrderBy(x => x.Key, StringComparer.Ordinal)
            .Select(x => new HeadingPair(x.Key, x.Value.Question, [.. x.Value.Chunks.DistinctBy(chunk => (chunk.Document, chunk.Ordinal))])),
    ];

    private void Add(string question, string place, IReadOnlyList<Chunk> chunks)
    {
        if (Heading.KeyOf(question, analyzer) is not { Length: > 0 } key)
        {
            return;
        }

        if (!found.TryGetValue(key, out var entry))
        {
            found[key] = entry = new Found(question);
        }

        entry.Places.Add(place);
        if (entry.Places.Count <= MostPlaces)
        {
            entry.Chunks.AddRange(chunks);
        }
    }

    private sealed record Found(string Question)
    {
        public HashSet<string> Places { get; } = new(StringComparer.Ordinal);

        public List<Chunk> Chunks { get; } = [];
    }
}
