using Tessera.Sdk;

namespace Tessera.Unit.Modules;

/// <summary>Documents for chunkers, and what every chunker must keep.</summary>
internal static class Chunks
{
    public static readonly DocumentId Document = new(Guid.Parse("5b0c5b1e-0000-4000-8000-000000000001"));

    public static List<Section> Sections(params (string Path, string Text)[] parts)
    {
        var sections = new List<Section>();
        var start = 0;
        foreach (var (path, text) in parts)
        {
            sections.Add(new Section(text, path, sections.Count + 1, start));
            start += text.Length + Section.Joint.Length;
        }

        return sections;
    }

    public static async Task<List<Chunk>> CutAsync(IChunker chunker, IReadOnlyList<Section> sections)
    {
        var chunks = new List<Chunk>();
        await foreach (var chunk in chunker.ChunkAsync(
            new SourceDocument(Document, "document.txt"), Stream(sections), TestContext.Current.CancellationToken))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    /// <summary>The contract of <see cref="IChunker"/>: verbatim, in order, nothing that matters lost.</summary>
    public static void AssertVerbatim(IReadOnlyList<Section> sections, IReadOnlyList<Chunk> chunks, int longest)
    {
        var text = string.Join(Section.Joint, sections.Select(x => x.Text));
        var covered = new bool[text.Length];
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            Assert.Equal(i, chunk.Ordinal);
            Assert.Equal(text[chunk.Start..chunk.End], chunk.Text);
            Assert.InRange(chunk.Text.Length, 1, longest);
            Array.Fill(covered, true, chunk.Start, chunk.End - chunk.Start);
        }

        for (var i = 0; i < text.Length; i++)
        {
            Assert.True(covered[i] || char.IsWhiteSpace(text[i]), $"Offset {i} is in no chunk.");
        }
    }

    private static async IAsyncEnumerable<Section> Stream(IReadOnlyList<Section> sections)
    {
        foreach (var section in sections)
        {
            await Task.Yield();
            yield return section;
        }
    }
}
