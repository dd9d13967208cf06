namespace Tessera.Training.Ranking;

/// <summary>Cuts whole texts into passages.</summary>
internal static class Passages
{
    /// <summary>Passages of about a length, cut behind a sentence where there is one, else behind a word.</summary>
    public static IEnumerable<string> Cut(string text, int length)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + length, text.Length);
            if (end < text.Length)
            {
                var window = text.AsSpan(start, length);
                var sentence = window.LastIndexOf(". ");
                var word = window.LastIndexOf(' ');
                end = sentence > length / 2 ? start + sentence + 2 : word > 0 ? start + word + 1 : end;
            }

            yield return text[start..end];
            start = end;
        }
    }
}
