namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>
/// The part of a question that only names the document: <c>In the Supply Agreement between A and B: Who pays?</c>,
/// <c>example.com: Who pays?</c> It finds the document; within it, it is noise.
/// </summary>
internal static class NamingPart
{
    private const string End = ": ";

    // A question whose subject has a colon of its own begins like this: How to treat Colitis: Collagenous Colitis?
    private static readonly string[] Asking =
    [
        "am", "are", "can", "could", "describe", "did", "do", "does", "explain", "has", "have", "how", "is", "list", "may", "must", "shall",
        "should", "was", "were", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why", "will", "would",
    ];

    /// <summary>Where the question itself begins: behind the first colon and blank, unless what stands before asks already; else 0.</summary>
    public static int LengthIn(ReadOnlySpan<char> question)
    {
        var before = question.IndexOf(End);
        if (before <= 0 || question[..before].Contains('?') || question[(before + End.Length)..].IsWhiteSpace())
        {
            return 0;
        }

        return Asks(question[..before]) ? 0 : before + End.Length;
    }

    /// <summary>The question without the part that names its document.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> question) => question[LengthIn(question)..].TrimStart();

    private static bool Asks(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOf(' ');
        var first = end < 0 ? text : text[..end];
        foreach (var word in Asking)
        {
            if (first.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
