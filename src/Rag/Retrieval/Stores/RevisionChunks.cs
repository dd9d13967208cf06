using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>What a store takes as one revision of one document.</summary>
internal static class RevisionChunks
{
    /// <summary>Most chunks of one document.</summary>
    public const int Most = 1 << 24;

    /// <summary>The chunks by their ordinals.</summary>
    /// <exception cref="ArgumentException">
    /// There are too many, one is of another document, a text would not come back as it was, or vectors are of two widths.
    /// </exception>
    public static List<EmbeddedChunk> Ordered(StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(revision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunks.Count, Most);
        if (chunks.Select(chunk => chunk.Vector.Length).Where(width => width > 0).Distinct().Skip(1).Any())
        {
            throw new ArgumentException("The vectors are not of one width.", nameof(chunks));
        }

        foreach (var (chunk, _) in chunks)
        {
            if (chunk.Document != document.Id || !IsWellFormed(chunk.Text))
            {
                throw new ArgumentException("A chunk is of another document, or cut within a surrogate pair.", nameof(chunks));
            }
        }

        return [.. chunks.OrderBy(chunk => chunk.Chunk.Ordinal)];
    }

    // Stores keep UTF-8, which has no half of a pair.
    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAnyInRange('\ud800', '\udfff')) >= 0; text = text[(at + 2)..])
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }
        }

        return true;
    }
}
