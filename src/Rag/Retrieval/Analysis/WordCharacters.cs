using System.Globalization;
using System.Text;

namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>Which characters make words: letters, digits and the marks that combine with them.</summary>
internal static class WordCharacters
{
    /// <summary>How many code units from <paramref name="index"/> on are one character of a word; 0 where there is none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int index)
    {
        var unit = text[index];
        if (char.IsAscii(unit))
        {
            return char.IsAsciiLetterOrDigit(unit) ? 1 : 0;
        }

        if (!char.IsSurrogate(unit))
        {
            return IsOfWord(CharUnicodeInfo.GetUnicodeCategory(unit)) ? 1 : 0;
        }

        return Rune.DecodeFromUtf16(text[index..], out var rune, out var length) == System.Buffers.OperationStatus.Done
            && IsOfWord(Rune.GetUnicodeCategory(rune)) ? length : 0;
    }

    /// <summary>Copies as much as fits, in lower case; returns the copied part.</summary>
    public static ReadOnlySpan<char> Lower(ReadOnlySpan<char> word, Span<char> into)
    {
        var length = Math.Min(word.Length, into.Length);
        for (var i = 0; i < length; i++)
        {
            var unit = word[i];
            into[i] = char.IsAscii(unit)
                ? char.IsAsciiLetterUpper(unit) ? (char)(unit | 0x20) : unit
                : char.ToLowerInvariant(unit);
        }

        return into[..length];
    }

    private static bool IsOfWord(UnicodeCategory category) =>
        category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber;
}
