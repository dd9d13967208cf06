namespace Tessera.Modules.Legal;

/// <summary>Finds the terms that a clause defines: <c>"Effective Date" means …</c>.</summary>
internal static class Definition
{
    private const int LongestTerm = 60;
    private static readonly string[] Verbs = ["means", "shall mean", "has the meaning", "have the meaning", "refers to", "shall refer to"];

    /// <summary>The first term that the text defines; null where it defines none. Linear in the text's length.</summary>
    public static string? TermOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] switch { '"' => '"', '“' => '”', _ => '\0' };
            if (close == '\0')
            {
                continue;
            }

            var rest = text[(i + 1)..Math.Min(text.Length, i + 2 + LongestTerm)];
            var end = rest.IndexOf(close);
            if (end > 0 && char.IsLetterOrDigit(rest[0]) && IsDefined(text[(i + 2 + end)..]))
            {
                return rest[..end].Trim(" ,.").ToString();
            }
        }

        return null;
    }

    /// <summary>Whether what stands behind a quoted term defines it.</summary>
    public static bool IsDefined(ReadOnlySpan<char> after)
    {
        after = after.TrimStart();
        foreach (var verb in Verbs)
        {
            if (after.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
