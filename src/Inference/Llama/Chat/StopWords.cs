namespace Tessera.Inference.Llama.Chat;

/// <summary>Ends a reply where one of the caller's stop sequences stands; text that may be the start of one is held back. For one reply.</summary>
internal sealed class StopWords(IReadOnlyList<string> words)
{
    private string held = "";

    /// <summary>True: a stop sequence was met; nothing more is shown.</summary>
    public bool IsMet { get; private set; }

    /// <summary>The text that is certain to be shown.</summary>
    public string Add(string text)
    {
        if (IsMet)
        {
            return "";
        }

        held += text;
        var met = words.Select(word => held.IndexOf(word, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (met >= 0)
        {
            IsMet = true;
            return Take(met);
        }

        return Take(held.Length - words.Select(Overlap).DefaultIfEmpty(0).Max());
    }

    /// <summary>What was held back, where no stop sequence was met.</summary>
    public string Finish() => IsMet ? "" : Take(held.Length);

    private string Take(int length)
    {
        var taken = held[..length];
        held = held[length..];
        return taken;
    }

    // How much of the end of the text is a beginning of the word.
    private int Overlap(string word)
    {
        for (var length = Math.Min(word.Length - 1, held.Length); length > 0; length--)
        {
            if (held.AsSpan(held.Length - length).SequenceEqual(word.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
