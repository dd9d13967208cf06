namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>A word as it is searched.</summary>
/// <param name="Text">Lower case, stemmed.</param>
/// <param name="Word">Lower case, as it stood; its pieces are searched too. Empty: no pieces.</param>
internal sealed record Term(string Text, string Word = "")
{
    /// <summary>The word's pieces.</summary>
    public ulong[] Grams { get; } = WordGrams.Of(Word);

    /// <summary>
    /// Hash of the text, written to disk, so it never changes. Among a million words two share a key with odds of 3 in 100 million;
    /// they would then be searched as one.
    /// </summary>
    public ulong Key { get; } = KeyOf(Text);

    /// <summary>Hash of the word as it stood; of the text where there is none.</summary>
    public ulong WordKey { get; } = KeyOf(Word.Length > 0 ? Word : Text);

    /// <summary>FNV-1a over the UTF-16 code units, its bits then mixed.</summary>
    public static ulong KeyOf(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
