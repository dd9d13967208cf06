using System.Text;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Reads what stands behind a backslash in a regular expression.</summary>
internal static class PatternEscapes
{
    public static CharSet Read(Rune[] text, ref int at, Func<string, ModelException> bad)
    {
        if (at >= text.Length)
        {
            throw bad("A '\\' stands at the end.");
        }

        var rune = text[at++];
        return rune.Value switch
        {
            'd' => CharSet.Digits,
            'D' => CharSet.Digits.Not(),
            'w' => CharSet.Words,
            'W' => CharSet.Words.Not(),
            's' => CharSet.Spaces,
            'S' => CharSet.Spaces.Not(),
            'n' => One('\n'),
            'r' => One('\r'),
            't' => One('\t'),
            'f' => One('\f'),
            'v' => One('\v'),
            'x' => One(Hex(text, ref at, 2, bad)),
            'u' => One(Hex(text, ref at, 4, bad)),
            < 0x80 when !char.IsAsciiLetterOrDigit((char)rune.Value) => One(rune.Value),
            _ => throw bad($"'\\{rune}' is not understood."),
        };
    }

    private static CharSet One(int rune) => CharSet.Of((rune, rune));

    private static int Hex(Rune[] text, ref int at, int digits, Func<string, ModelException> bad)
    {
        var value = 0;
        for (var end = at + digits; at < end; at++)
        {
            value = at < text.Length && text[at].IsAscii && char.IsAsciiHexDigit((char)text[at].Value)
                ? (value * 16) + Convert.ToInt32(text[at].ToString(), 16)
                : throw bad("A '\\x' or '\\u' is not followed by its digits.");
        }

        return value is >= 0xD800 and <= 0xDFFF ? throw bad("Half a character is not understood; write the character.") : value;
    }
}
