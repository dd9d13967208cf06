using Tessera.Sdk;

namespace Tessera.Inference.Remote.Quotes;

/// <summary>
/// Finds quotes in the sources of a lock: with its capitals first, then whatever its case. Each search is linear in the sources'
/// length, and a reply has <see cref="MostQuotes"/> searches. Not safe for concurrent use.
/// </summary>
internal sealed class QuoteSearch(QuoteLock bounds)
{
    /// <summary>Different quotes that are searched for one reply; any more count as not found.</summary>
    public const int MostQuotes = 2000;

    // Places where all letters fit and the hyphens do not: no document has many for one quote.
    private const int MostNearMisses = 64;

    private readonly Dictionary<string, QuoteSpan?> _known = new(StringComparer.Ordinal);
    private FoldedText[]? _sources;

    /// <summary>Where the quote stands; the first place in the order of the sources; null where it is in none of them.</summary>
    public QuoteSpan? Find(string quote)
    {
        if (_known.TryGetValue(quote, out var span) || _known.Count == MostQuotes)
        {
            return span;
        }

        return _known[quote] = Search(quote);
    }

    private QuoteSpan? Search(string quote)
    {
        var folded = new FoldedText(quote.Trim());
        if (folded.Symbols.IsEmpty)
        {
            return null;
        }

        // A word or two are found inside of other words all too easily, and in a heading's capitals.
        var isShort = folded.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length < bounds.MinimumWords;
        _sources ??= [.. bounds.Sources.Select(x => new FoldedText(x))];
        return Search(folded, wholeWords: isShort, anyCase: false) ?? (isShort ? null : Search(folded, wholeWords: false, anyCase: true));
    }

    private QuoteSpan? Search(FoldedText quote, bool wholeWords, bool anyCase)
    {
        var symbols = anyCase ? quote.Upper : quote.Symbols;
        var borders = Borders(symbols);
        for (var source = 0; source < _sources!.Length; source++)
        {
            var text = _sources[source];
            if (Search(text, anyCase ? text.Upper : text.Symbols, quote, symbols, borders, wholeWords) is { } found)
            {
                return new QuoteSpan(source, found.Start, found.End);
            }
        }

        return null;
    }

    // Knuth, Morris and Pratt: every symbol of the source is looked at once.
    private static (int Start, int End)? Search(
        FoldedText text, ReadOnlySpan<char> source, FoldedText quote, ReadOnlySpan<char> symbols, int[] borders, bool wholeWords)
    {
        for (int i = 0, matched = 0, misses = 0; i < source.Length; i++)
        {
            while (matched > 0 && source[i] != symbols[matched])
            {
                matched = borders[matched - 1];
            }

            if (source[i] == symbols[matched] && ++matched == symbols.Length)
            {
                var first = i - matched + 1;
                var (start, end) = (text.OffsetOf(first), text.OffsetOf(i) + 1);
                if (!wholeWords || IsWhole(text.Text, start, end))
                {
                    if (text.HyphensFit(first, quote))
                    {
                        return (start, end);
                    }

                    if (++misses == MostNearMisses)
                    {
                        return null;
                    }
                }

                matched = borders[matched - 1];
            }
        }

        return null;
    }

    // For each beginning of the quote: how long the longest shorter beginning is that it ends with.
    private static int[] Borders(ReadOnlySpan<char> symbols)
    {
        var borders = new int[symbols.Length];
        for (int i = 1, length = 0; i < symbols.Length; i++)
        {
            while (length > 0 && symbols[i] != symbols[length])
            {
                length = borders[length - 1];
            }

            borders[i] = symbols[i] == symbols[length] ? ++length : length;
        }

        return borders;
    }

    private static bool IsWhole(string text, int start, int end)
        => (start == 0 || !char.IsLetterOrDigit(text[start - 1]) || !char.IsLetterOrDigit(text[start]))
        && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]));
}

/// <summary>A place in a lock's sources.</summary>
/// <param name="Source">Index of the source.</param>
/// <param name="Start">Offset of the first UTF-16 code unit.</param>
/// <param name="End">Offset just behind the last one.</param>
internal readonly record struct QuoteSpan(int Source, int Start, int End);
