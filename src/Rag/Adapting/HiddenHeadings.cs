using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>Takes headings out of the chunks that stand below them: out of their trails and out of their texts.</summary>
internal sealed class HiddenHeadings(IReadOnlyList<HeadingPair> pairs, TextAnalyzer analyzer)
{
    private readonly HashSet<string> keys = [.. pairs.Select(pair => pair.Key)];

    private readonly ILookup<(DocumentId, int), string> questions = pairs
        .SelectMany(pair => pair.Passages.Select(chunk => (Place: (chunk.Document, chunk.Ordinal), pair.Question))).ToLookup(x => x.Place, x => x.Question);

    /// <summary>The chunk without them. Only to be searched: its offsets are not those of its text any more.</summary>
    public Chunk Without(Chunk chunk) => chunk with
    {
        Path = string.Join(Section.Separator, chunk.Path.Split(Section.Separator).Where(part => !keys.Contains(Heading.KeyOf(Heading.Clean(part), analyzer)))),
        Text = TextWithout(chunk),
    };

    private string TextWithout(Chunk chunk)
    {
        var text = questions[(chunk.Document, chunk.Ordinal)].Aggregate(chunk.Text, Heading.Without);
        return string.IsNullOrWhiteSpace(text) ? chunk.Text : text;
    }
}
