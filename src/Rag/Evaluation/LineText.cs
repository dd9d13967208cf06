using System.Text;

namespace Tessera.Rag.Evaluation;

/// <summary>A text on one line: any white space is one blank, none at the ends.</summary>
internal static class LineText
{
    /// <summary>The line, and for each of its code units where it stands in the text.</summary>
    public static (string Line, IReadOnlyList<int> Places) Of(string text)
    {
        var (line, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var at = 0; at < text.Length; at++)
        {
            var blank = char.IsWhiteSpace(text[at]);
            if (!blank || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(blank ? ' ' : text[at]);
                places.Add(at);
            }
        }

        return (line.ToString().TrimEnd(' '), places);
    }
}
