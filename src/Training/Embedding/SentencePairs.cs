namespace Tessera.Training.Embedding;

/// <summary>One sentence against the rest of its passage: what a text is about, learned without a question.</summary>
internal static class SentencePairs
{
    private const int ShortestSentence = 30;
    private const int LongestSentence = 400;
    private const int ShortestRest = 100;

    /// <summary>A sentence (or line) and what is left; null where the passage is too short for both.</summary>
    public static (string Sentence, string Others)? Draw(string passage, SplitMix random)
    {
        var sentences = new List<Range>();
        for (int start = 0, i = 0; i < passage.Length; i++)
        {
            if (i == passage.Length - 1 || EndsSentence(passage, i))
            {
                if (i + 1 - start is >= ShortestSentence and <= LongestSentence && passage.Length - (i + 1 - start) >= ShortestRest)
                {
                    sentences.Add(start..(i + 1));
                }

                start = i + 1;
            }
        }

        if (sentences.Count == 0)
        {
            return null;
        }

        var chosen = sentences[random.Below(sentences.Count)];
        return (passage[chosen].Trim(), $"{passage[..chosen.Start.Value].Trim()}\n{passage[chosen.End.Value..].Trim()}");
    }

    /// <summary>Whether a sentence or a line ends with this character.</summary>
    public static bool EndsSentence(string text, int i) =>
        text[i] == '\n' || (text[i] is '.' or '?' or '!' or ';' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]));
}
