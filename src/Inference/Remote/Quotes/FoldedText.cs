namespace Tessera.Inference.Remote.Quotes;

/// <summary>
/// A text as quotes are compared: a run of white space is one blank, typographic quotes and dashes are plain, invisible characters are
/// left out, and so is a hyphen between two letters or digits together with the white space behind it. What stood there is kept beside
/// it as a <see cref="Gap"/>. Every symbol knows its offset in the text. Immutable; made in linear time.
/// </summary>
internal sealed class FoldedText
{
    private const char SoftHyphen = '\u00AD';

    private readonly char[] _symbols;
    private readonly int[] _offsets;
    private readonly Gap[] _gaps;
    private char[]? _upper;

    public FoldedText(string text)
    {
        Text = text;
        var symbols = new List<char>(text.Length);
        var offsets = new List<int>(text.Length);
        var gaps = new List<Gap>(text.Length);
        var gap = Gap.None;
        for (var i = 0; i < text.Length;)
        {
            var symbol = Fold(text[i]);
            var next = i + 1;
            if (char.IsWhiteSpace(text[i]))
            {
                (symbol, next) = (' ', SkipBlank(text, i));
            }
            else if ((symbol == '-' || symbol == SoftHyphen) && symbols.Count > 0 && char.IsLetterOrDigit(symbols[^1]))
            {
                var word = SkipBlank(text, next);
                var kind = Kind(text.AsSpan(next, word - next));
                if (word < text.Length && char.IsLetterOrDigit(text[word]) && (symbol == '-' || kind == Gap.LineEnd))
                {
                    (gap, i) = (kind, word);
                    continue;
                }
            }

            if (symbol != SoftHyphen)
            {
                symbols.Add(symbol);
                offsets.Add(i);
                gaps.Add(gap);
                gap = Gap.None;
            }

            i = next;
        }

        (_symbols, _offsets, _gaps) = ([.. symbols], [.. offsets], [.. gaps]);
    }

    /// <summary>The text that was folded.</summary>
    public string Text { get; }

    /// <summary>What is compared.</summary>
    public ReadOnlySpan<char> Symbols => _symbols;

    /// <summary>The same in upper case, symbol for symbol.</summary>
    public ReadOnlySpan<char> Upper => _upper ??= Array.ConvertAll(_symbols, char.ToUpperInvariant);

    /// <summary>The offset in the text of a symbol's character.</summary>
    public int OffsetOf(int symbol) => _offsets[symbol];

    /// <summary>
    /// Whether the hyphens of a quote fit those of this text, where its symbols equal the text's from <paramref name="start"/> on. A hyphen
    /// at a line's end may be one or none; between figures it is always one.
    /// </summary>
    public bool HyphensFit(int start, FoldedText quote)
    {
        for (var i = 1; i < quote._gaps.Length; i++)
        {
            var (here, there) = (_gaps[start + i], quote._gaps[i]);
            if (here == there)
            {
                continue;
            }

            var lineEnd = here == Gap.LineEnd || there == Gap.LineEnd;
            var letters = char.IsLetter(_symbols[start + i - 1]) && char.IsLetter(_symbols[start + i]);
            if (!lineEnd || (!letters && (here == Gap.None || there == Gap.None)))
            {
                return false;
            }
        }

        return true;
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static Gap Kind(ReadOnlySpan<char> blank)
        => blank.IsEmpty ? Gap.Hyphen : blank.ContainsAny('\n', '\r') ? Gap.LineEnd : Gap.HyphenBlank;

    // Everything that nobody sees is folded to the soft hyphen, which is left out.
    private static char Fold(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u2039' or '\u203A' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => SoftHyphen,
        _ => c,
    };

    /// <summary>What stood between a symbol and the one before it.</summary>
    private enum Gap : byte
    {
        None,
        Hyphen,
        HyphenBlank,
        LineEnd,
    }
}
