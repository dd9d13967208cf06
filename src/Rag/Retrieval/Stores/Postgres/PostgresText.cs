using System.Text;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>Texts as PostgreSQL keeps them: it takes every character but the one of value 0, which is written as 1 and 2, and 1 as 1 and 1.</summary>
internal static class PostgresText
{
    private const char Nul = '\0';
    private const char Escape = '\u0001';
    private const char OfNul = '\u0002';

    public static string Encode(string text) => text.AsSpan().IndexOfAny(Nul, Escape) < 0
        ? text
        : text.Replace("\u0001", "\u0001\u0001", StringComparison.Ordinal).Replace("\0", "\u0001\u0002", StringComparison.Ordinal);

    public static string Decode(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            decoded.Append(text[i] != Escape ? text[i] : text[++i] == OfNul ? Nul : Escape);
        }

        return decoded.ToString();
    }
}
