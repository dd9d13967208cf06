using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Tells headings from sentences: they say what follows is about, and answer nothing themselves.</summary>
internal static class Headings
{
    private const int Longest = 90;
    private const int MostWords = 12;

    /// <summary>A short line of its own without an end, followed by more text.</summary>
    public static bool IsHeading(string text, TextSpan span)
    {
        var line = text.AsSpan(span.Start, span.Length);
        var after = text.AsSpan(span.End);
        return line.Length <= Longest
            && line[^1] is not ('.' or '?' or '!' or ';' or ',' or ':' or '…')
            && line.Count(' ') < MostWords
            && !char.IsLower(line[0])
            && line[0] is not ('-' or '•' or '*' or '–' or '(')
            && !LineStart.IsRow(line)
            && !line.Contains('\n')
            && after.TrimStart(' ') is ['\n', ..]
            && !after.IsWhiteSpace()
            && text.AsSpan(0, span.Start).TrimEnd(' ') is [] or [.., '\n'];
    }
}
