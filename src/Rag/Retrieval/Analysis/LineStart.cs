namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>What a line begins with.</summary>
internal static class LineStart
{
    private const int LongestNumber = 12;

    /// <summary>
    /// Length of a list marker or clause number and the blank behind it: <c>- </c>, <c>• </c>, <c>(a) </c>, <c>5.2 </c>, <c>1. </c>,
    /// <c>iv) </c>; 0 where there is none.
    /// </summary>
    public static int MarkerLength(ReadOnlySpan<char> line)
    {
        if (line.Length > 1 && line[0] is '-' or '*' or '•' or '–' or '‣' or '▪' or '●' or '○' or '#' && char.IsWhiteSpace(line[1]))
        {
            return 2;
        }

        var index = 0;
        var bracket = line.Length > 0 && line[0] == '(';
        if (bracket)
        {
            index++;
        }

        var digits = 0;
        var letters = 0;
        var stops = 0;
        for (; index < line.Length && index < LongestNumber; index++)
        {
            if (char.IsAsciiDigit(line[index]))
            {
                digits++;
            }
            else if (char.IsAsciiLetter(line[index]))
            {
                letters++;
            }
            else if (line[index] == '.')
            {
                stops++;
            }
            else
            {
                break;
            }
        }

        if (digits + letters == 0 || index >= line.Length)
        {
            return 0;
        }

        var closed = line[index] == ')';
        var end = closed ? index + 1 : index;
        if (end >= line.Length || !char.IsWhiteSpace(line[end]))
        {
            return 0;
        }

        // A bracket or a few letters closed by one; a number with a stop in it or behind it.
        var marks = closed ? letters <= 4 : !bracket && letters <= 1 && stops > 0 && (digits > 0 || letters == 1);
        return marks ? end + 1 : 0;
    }

    /// <summary>Whether the line begins a numbered clause, such as <c>5.2 </c>.</summary>
    public static bool IsClause(ReadOnlySpan<char> line) => char.IsAsciiDigit(line[0]) && MarkerLength(line) > 0;

    /// <summary>Whether the line is a row of a table: cells separated by bars.</summary>
    public static bool IsRow(ReadOnlySpan<char> line) => line.Contains(" | ", StringComparison.Ordinal);
}
