using System.Text.Json.Serialization;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The section around a passage, as callers see it.</summary>
/// <param name="Start">Offset in the document's text, UTF-16 code units.</param>
/// <param name="End">Offset just behind it.</param>
internal sealed record SectionView(int Start, int End)
{
    /// <summary>Its chunks, for the portal; callers have the document's text.</summary>
    [JsonIgnore]
    public IReadOnlyList<Chunk> Chunks { get; init; } = [];

    /// <summary>A passage's section; the passage alone where there is none.</summary>
    public static SectionView Of(Passage passage) => passage.Section is [var first, .., var last]
        ? new SectionView(first.Start, last.End) { Chunks = passage.Section }
        : new SectionView(passage.Chunk.Start, passage.Chunk.End) { Chunks = [passage.Chunk] };
}
