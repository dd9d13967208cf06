namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>
/// The pieces of four characters that a word is made of, its ends marked: <c>govern</c> = ^gov gove over vern ern$. They find what is
/// inflected, compounded or misspelt.
/// </summary>
internal static class WordGrams
{
    private const int Length = 4;
    private const char Start = '^';
    private const char End = '$';

    /// <summary>The pieces as keys: their code units side by side. Written to disk, so they never change.</summary>
    public static ulong[] Of(string word)
    {
        if (word.Length == 0)
        {
            return [];
        }

        var grams = new ulong[Math.Max(1, word.Length + 2 - Length + 1)];
        for (var i = 0; i < grams.Length; i++)
        {
            for (var at = i; at < i + Length && at < word.Length + 2; at++)
            {
                grams[i] = (grams[i] << 16) | (at == 0 ? Start : at == word.Length + 1 ? End : word[at - 1]);
            }
        }

        return grams;
    }
}
