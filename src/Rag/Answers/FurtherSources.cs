using System.Globalization;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>Finds what the words of an answer's quotes refer to, by the links that the domain gave its chunks (<see cref="SectionTags.Links"/>).</summary>
internal static class FurtherSources
{
    // More would hide the answer.
    private const int Most = 6;

    /// <summary>The answer with its references. A link that leads nowhere, or to what is quoted already, is none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="chunks">Those that it quotes.</param>
    /// <param name="store">Where they came from.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<Answer> AddAsync(Answer answer, IReadOnlyList<Chunk> chunks, IChunkStore store, CancellationToken cancellationToken)
    {
        var references = new List<Reference>();
        foreach (var (index, citation) in answer.Citations.Index())
        {
            foreach (var link in chunks.Where(chunk => Holds(chunk, citation)).SelectMany(LinksOf).Where(link => Says(citation.Quote, link.Words)))
            {
                if (references.Count < Most
                    && !answer.Citations.Concat(references.Select(x => x.Source)).Any(x => x.Document == citation.Document && x.Start < link.End && link.Start < x.End)
                    && await ReadAsync(link, citation.Document, store, cancellationToken).ConfigureAwait(false) is { } source)
                {
                    references.Add(new Reference(index, link.Words, source));
                }
            }
        }

        return references.Count == 0 ? answer : answer with { References = references };
    }

    private static bool Holds(Chunk chunk, Citation citation) =>
        chunk.Document == citation.Document && chunk.Start <= citation.Start && citation.End <= chunk.End;

    private static IEnumerable<Link> LinksOf(Chunk chunk) =>
        chunk.Tags.GetValueOrDefault(SectionTags.Links, "").Split(SectionTags.Between).Select(Link.Read).OfType<Link>();

    // "Term" is not in "Terms and Conditions", and "Section 5.2" not in "Section 5.21" or "Section 5.2.1".
    private static bool Says(string quote, string words)
    {
        for (var at = 0; (at = quote.IndexOf(words, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(quote[at - 1]))
                && (end == quote.Length || !(char.IsLetterOrDigit(quote[end]) || quote[end] == '(' || (quote[end] == '.' && end + 1 < quote.Length && char.IsDigit(quote[end + 1])))))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<Citation?> ReadAsync(Link link, DocumentId document, IChunkStore store, CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(document, link.Ordinal, 1, cancellationToken).ConfigureAwait(false);
        return read is [var chunk] && chunk.Start <= link.Start && link.End <= chunk.End
            ? new Citation(document, chunk.Page, chunk.Path, link.Start, link.End, chunk.Text[(link.Start - chunk.Start)..(link.End - chunk.Start)])
            : null;
    }

    private sealed record Link(string Words, int Ordinal, int Start, int End)
    {
        /// <summary>A link as a tag has it; null: a plugin wrote something else.</summary>
        public static Link? Read(string text) => text.Split(SectionTags.Means) is [{ Length: > 0 } words, var place]
            && place.Split(':', '-') is [var ordinal, var start, var end]
            && Number(ordinal) is { } number && Number(start) is { } from && Number(end) is { } to && from < to
            ? new Link(words, number, from, to)
            : null;

        private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
