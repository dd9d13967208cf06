using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>What a chat model reads under one number: a passage, or the section around it.</summary>
/// <param name="Path">The headings above it.</param>
/// <param name="Chunks">In the order of their document; at least one. No chunk stands in two blocks.</param>
internal sealed record PromptBlock(string Path, IReadOnlyList<Chunk> Chunks)
{
    public string Text => string.Join('\n', Chunks.Select(chunk => chunk.Text));

    /// <summary>The blocks of some passages; one that stands in a section above needs none of its own.</summary>
    /// <param name="passages">Best first.</param>
    /// <param name="sections">So many of the first are shown with their section.</param>
    public static IReadOnlyList<PromptBlock> Of(IReadOnlyList<Passage> passages, int sections)
    {
        var blocks = new List<PromptBlock>();
        var shown = new HashSet<(DocumentId Document, int Start, int End)>();
        foreach (var (rank, passage) in passages.Index())
        {
            if (shown.Contains(PlaceOf(passage.Chunk)))
            {
                continue;
            }

            var chunks = rank < sections && passage.Section.Count > 0 ? passage.Section : [passage.Chunk];
            blocks.Add(new PromptBlock(passage.Chunk.Path, [.. chunks.Where(chunk => shown.Add(PlaceOf(chunk)))]));
        }

        return blocks;
    }

    private static (DocumentId Document, int Start, int End) PlaceOf(Chunk chunk) => (chunk.Document, chunk.Start, chunk.End);
}
