using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>Whether a quote is what the document says at its place, by the passages that were found for the answer.</summary>
internal static class QuoteProof
{
    /// <summary>
    /// True where the passages of the document, with the sections around them, cover the quote, blanks between two of them aside, and each says the same
    /// as the quote where they overlap.
    /// </summary>
    public static bool Holds(Citation citation, IReadOnlyList<Passage> passages)
    {
        var quote = citation.Quote;
        if (citation.Start < 0 || quote.Length == 0 || citation.End - citation.Start != quote.Length)
        {
            return false;
        }

        var proven = new bool[quote.Length];
        foreach (var chunk in passages.SelectMany(passage => passage.Section.Append(passage.Chunk)))
        {
            var (start, end) = (Math.Max(chunk.Start, citation.Start), Math.Min(chunk.End, citation.End));
            if (chunk.Document != citation.Document || start >= end)
            {
                continue;
            }

            if (!chunk.Text.AsSpan(start - chunk.Start, end - start).SequenceEqual(quote.AsSpan(start - citation.Start, end - start)))
            {
                return false;
            }

            proven.AsSpan(start - citation.Start, end - start).Fill(true);
        }

        return !proven.Where((said, at) => !said && !char.IsWhiteSpace(quote[at])).Any();
    }
}
