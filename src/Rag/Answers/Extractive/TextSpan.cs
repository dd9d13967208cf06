namespace Tessera.Rag.Answers.Extractive;

/// <summary>A stretch of a text, <c>[Start, End)</c> in UTF-16 code units.</summary>
internal readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;

    /// <summary>The stretch without white space at its ends; null where nothing is left.</summary>
    public static TextSpan? Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return start < end ? new TextSpan(start, end) : null;
    }
}
