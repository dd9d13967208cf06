namespace Tessera.Rag.Answers.Chat;

/// <summary>Knows a reply that says nothing but that there is no answer, in any case and with any punctuation.</summary>
internal static class NoAnswer
{
    private static readonly string Letters = LettersOf(ChatRules.NoAnswer);

    /// <summary>Whether the reply may still become one.</summary>
    public static bool MayBegin(string text) => Letters.StartsWith(LettersOf(text), StringComparison.Ordinal);

    /// <summary>Whether the whole reply is one, or holds no word at all.</summary>
    public static bool Is(string text) => LettersOf(text) is var letters && (letters.Length == 0 || letters == Letters);

    private static string LettersOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}
