namespace Tessera.Training.Embedding;

/// <summary>Cuts a long text into passages at the ends of sentences, else between words.</summary>
internal static class PassageCutter
{
    /// <summary>Passages of at most that length, without blanks around them; together the whole text.</summary>
    public static IEnumerable<string> Cut(string text, int longest)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.Length - start <= longest ? text.Length : End(text, start, longest);
            if (text[start..end].Trim() is { Length: > 0 } passage)
            {
                yield return passage;
            }

            start = end;
        }
    }

    private static int End(string text, int start, int longest)
    {
        var space = start + longest;
        for (var i = start + longest - 1; i > start + (longest / 2); i--)
        {
            if (SentencePairs.EndsSentence(text, i))
            {
                return i + 1;
            }

            if (space == start + longest && char.IsWhiteSpace(text[i]))
            {
                space = i + 1;
            }
        }

        return space;
    }
}
