using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>The marks “…” around a quote. In the text of an answer nothing but proven quotes stands between them.</summary>
internal static class QuoteMarks
{
    public const char Open = '“';
    public const char Close = '”';

    /// <summary>Words of the model's own, whose marks must not look like those of a quote. As long as before.</summary>
    public static string ToPlain(string text) => text.Replace(Open, '"').Replace(Close, '"');

    /// <summary>An answer as the model wrote it, so that a conversation shows it how quotes are marked.</summary>
    public static string ToLock(string answer) =>
        answer.Replace($"{Open}", QuoteLock.Open, StringComparison.Ordinal).Replace($"{Close}", QuoteLock.Close, StringComparison.Ordinal);
}
