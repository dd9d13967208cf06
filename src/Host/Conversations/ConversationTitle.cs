namespace Tessera.Host.Conversations;

/// <summary>What a conversation is called: the beginning of its first question, on one line.</summary>
internal static class ConversationTitle
{
    /// <summary>No title is longer, its ellipsis included. UTF-16 code units.</summary>
    public const int Longest = 80;

    public static string Of(string question)
    {
        var line = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= Longest)
        {
            return line;
        }

        // At the end of a word, unless that would leave little.
        var space = line.LastIndexOf(' ', Longest - 1);
        var cut = space > Longest / 2 ? space : char.IsHighSurrogate(line[Longest - 2]) ? Longest - 2 : Longest - 1;
        return $"{line[..cut]}…";
    }
}
