using System.Globalization;
using System.Text;

namespace Tessera.Inference.Constraints.Quotes;

/// <summary>
/// Where words of a text begin and end, so that no quote cuts one: numbers with their points, signs and units of currency or per cent are words
/// as a whole, since half of one says another thing.
/// </summary>
internal sealed class WordShape
{
    private readonly List<(Rune Rune, int At)> runes = [];
    private readonly bool[] words;

    public WordShape(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            runes.Add((rune, at));
            at += rune.Utf16SequenceLength;
        }

        words = [.. Enumerable.Range(0, runes.Count).Select(IsWord)];
    }

    public int Count => runes.Count;

    public Rune this[int index] => runes[index].Rune;

    /// <summary>Offset of a rune in the text, UTF-16 code units.</summary>
    public int At(int index) => runes[index].At;

    /// <summary>Whether a quote may begin with this rune.</summary>
    public bool Begins(int index) => !IsBlank(index) && !IsExtension(index)
        && (IsIdeograph(index) || (words[index] ? index == 0 || !words[index - 1] : index == 0 || IsBlank(index - 1)));

    /// <summary>Whether a word begins here, for counting words.</summary>
    public bool BeginsWord(int index) => words[index] && (IsIdeograph(index) || index == 0 || !words[index - 1]);

    /// <summary>Whether a quote may end before this rune; the text's own length: at its end.</summary>
    public bool EndsBefore(int index) => index > 0 && !IsBlank(index - 1) && !IsJoiner(index - 1)
        && (index == Count || (!IsExtension(index) && (IsIdeograph(index) || IsIdeograph(index - 1) || !words[index] || !words[index - 1])));

    public bool IsBlank(int index) => Rune.IsWhiteSpace(this[index]);

    /// <summary>A character that a reader does not see: a quote may leave it out.</summary>
    public bool IsInvisible(int index) => this[index].Value is 0xAD or 0x200B or 0x200C or 0xFEFF or 0x2060;

    public bool IsLetter(int index) => index >= 0 && index < Count && Rune.IsLetter(this[index]);

    /// <summary>A hyphen that stands between a line's last letters and the next line's first: the word goes on behind it.</summary>
    public bool IsLineHyphen(int index, out int next)
    {
        next = index + 1;
        if (this[index].Value is not ('-' or 0x2010) || !IsLetter(index - 1) || next >= Count || !IsBlank(next))
        {
            return false;
        }

        var breaks = false;
        for (; next < Count && IsBlank(next); next++)
        {
            breaks |= this[next].Value == '\n';
        }

        return breaks && IsLetter(next);
    }

    private bool IsWord(int index)
    {
        var rune = this[index];
        return Rune.IsLetterOrDigit(rune) || rune.Value == '_' || IsExtension(index) || Joins(index, rune.Value) || IsLineHyphen(index, out _)
            || (IsBlank(index) && IsInLineBreak(index));
    }

    // The blanks behind a line's hyphen belong to the word.
    private bool IsInLineBreak(int index)
    {
        while (index > 0 && IsBlank(index))
        {
            index--;
        }

        return IsLineHyphen(index, out _);
    }

    private bool Joins(int index, int value) => value switch
    {
        '.' or ',' or ':' or '/' or '-' or 0x2013 or 0x2012 when IsDigit(index - 1) && IsDigit(index + 1) => true,
        '\'' or 0x2019 when IsLetter(index - 1) && IsLetter(index + 1) => true,
        '%' or 0x2030 or 0xB0 => IsDigit(index - 1),
        '-' or 0x2212 or '+' or 0xB1 or '<' or '>' or 0x2264 or 0x2265 => IsDigit(index + 1) && (index == 0 || IsBlank(index - 1)),
        _ => Rune.GetUnicodeCategory(this[index]) == UnicodeCategory.CurrencySymbol && (IsDigit(index + 1) || IsDigit(index - 1)),
    };

    private bool IsDigit(int index) => index >= 0 && index < Count && Rune.IsDigit(this[index]);

    private bool IsExtension(int index) => Rune.GetUnicodeCategory(this[index])
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
        || this[index].Value is >= 0x1F3FB and <= 0x1F3FF;

    private bool IsJoiner(int index) => this[index].Value == 0x200D;

    private bool IsIdeograph(int index) => index >= 0 && index < Count
        && this[index].Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF) or (>= 0xE00 and <= 0xE7F);
}
