namespace Tessera.Reader.Code;

/// <summary>The head of a block as words and signs. What stands in brackets is one token that begins with its bracket.</summary>
internal static class HeaderTokens
{
    /// <summary>Names joined by dots or colons are one word: <c>Queue::push</c>.</summary>
    public static List<string> Split(ReadOnlySpan<char> mask)
    {
        var tokens = new List<string>();
        for (var i = 0; i < mask.Length;)
        {
            var c = mask[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            var end = c is '(' or '[' or '<' ? Group(mask, i) : IsName(c) ? Word(mask, i) : i + (mask[i..].StartsWith("=>") || mask[i..].StartsWith("->") ? 2 : 1);
            tokens.Add(mask[i..end].ToString());
            i = end;
        }

        return tokens;
    }

    public static bool IsWord(string token) => IsName(token[0]);

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '~' or '#' or '@' or '\\' || char.IsSurrogate(c);

    private static int Word(ReadOnlySpan<char> mask, int i)
    {
        while (i < mask.Length)
        {
            if (IsName(mask[i]))
            {
                i++;
            }
            else if (mask[i] == '.' && i + 1 < mask.Length && IsName(mask[i + 1]))
            {
                i += 2;
            }
            else if (mask[i] == ':' && i + 2 < mask.Length && mask[i + 1] == ':' && IsName(mask[i + 2]))
            {
                i += 3;
            }
            else
            {
                break;
            }
        }

        return i;
    }

    private static int Group(ReadOnlySpan<char> mask, int start)
    {
        var isAngle = mask[start] == '<';
        var depth = 0;
        var angles = 0;
        for (var i = start; i < mask.Length; i++)
        {
            var c = mask[i];
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            angles += !isAngle ? 0 : c == '<' ? 1 : c == '>' && mask[i - 1] is not ('-' or '=') ? -1 : 0;
            if (depth <= 0 && angles <= 0)
            {
                return i + 1;
            }
        }

        // Less-than, not a bracket.
        return isAngle ? start + 1 : mask.Length;
    }
}
