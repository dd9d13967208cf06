namespace Tessera.Modules.Wording;

/// <summary>One form for the forms of a word: share, shares, shared, sharing. What it makes is no word; both sides of a comparison are made so.</summary>
internal static class WordForm
{
    private const int Shortest = 3;
    private static readonly string[] Endings = ["ing", "ed", "es", "s", "e"];

    /// <summary>The words of a text, lower case: runs of letters and digits, each in its form. A hyphen parts words.</summary>
    public static string[] All(string text)
    {
        var words = new List<string>();
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            for (end = start; end < text.Length && char.IsLetterOrDigit(text[end]); end++)
            {
            }

            if (end > start)
            {
                words.Add(Of(text[start..end].ToLowerInvariant()));
            }
        }

        return [.. words];
    }

    private static string Of(string word)
    {
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > Shortest + 2)
        {
            return word[..^2];
        }

        // "process" and "virus" are no plurals, "children" has no form of its own here: lists name both.
        var ending = word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal) || word.EndsWith("is", StringComparison.Ordinal)
            ? null
            : Array.Find(Endings, ending => word.Length >= ending.Length + Shortest && word.EndsWith(ending, StringComparison.Ordinal));
        var form = ending is null ? word : word[..^ending.Length];
        form = form.Length > Shortest && form[^1] == form[^2] && ending is "ing" or "ed" ? form[..^1] : form;
        return form.Length > Shortest && form[^1] is 'e' ? form[..^1] : form.Length > Shortest && form[^1] == 'y' ? form[..^1] + "i" : form;
    }
}
