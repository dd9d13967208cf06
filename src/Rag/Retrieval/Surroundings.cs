using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>Reads the section around a found chunk: a search finds small pieces, and what they mean may stand beside them.</summary>
internal static class Surroundings
{
    /// <summary>Most characters around the chunk, UTF-16 code units: as long as the longest chunks are, so that a clause that was cut has its other half.</summary>
    public const int Most = 1600;

    // Neighbours on either side.
    private const int Reach = 3;

    /// <summary>The passage with its section: neighbours under the same headings, the nearest first, as many as fit.</summary>
    public static async Task<Candidate> AddAsync(Candidate found, IChunkStore store, CancellationToken cancellationToken)
    {
        var chunk = found.Chunk;
        var first = Math.Max(0, chunk.Ordinal - Reach);
        var read = await store.ReadAsync(chunk.Document, first, chunk.Ordinal - first + Reach + 1, cancellationToken).ConfigureAwait(false);
        var at = read.ToList().FindIndex(x => x.Ordinal == chunk.Ordinal && x.Start == chunk.Start && x.Text == chunk.Text);
        if (at < 0)
        {
            // The document has changed since the search.
            return found;
        }

        var (from, to, length) = (at, at, 0);
        while (Take(to + 1, ref to) | Take(from - 1, ref from))
        {
        }

        return from == to ? found : found with { Section = [.. read.Skip(from).Take(to - from + 1)] };

        bool Take(int next, ref int edge)
        {
            if (next < 0 || next >= read.Count || read[next].Path != chunk.Path || length + read[next].Text.Length > Most)
            {
                return false;
            }

            (edge, length) = (next, length + read[next].Text.Length);
            return true;
        }
    }
}
