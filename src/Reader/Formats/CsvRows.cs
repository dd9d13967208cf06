using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// Splits separated values by RFC 4180, forgiving: any newline ends a row, a quote inside an unquoted cell is a character, an
/// unclosed quote ends with the text.
/// </summary>
internal static class CsvRows
{
    /// <summary>The rows in order; blank lines give rows of one empty cell. Each row is a new list.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(string text, char delimiter)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && cell.Length == 0)
            {
                i = ReadQuoted(text, i + 1, cell);
            }
            else if (c == delimiter)
            {
                row.Add(Take(cell));
            }
            else if (c is '\r' or '\n')
            {
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                row.Add(Take(cell));
                yield return row;
                row = [];
            }
            else
            {
                cell.Append(c);
            }
        }

        row.Add(Take(cell));
        yield return row;
    }

    /// <returns>Where the closing quote stands.</returns>
    private static int ReadQuoted(string text, int start, StringBuilder cell)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                cell.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[i++]);
            }
            else
            {
                return i;
            }
        }

        return text.Length;
    }

    private static string Take(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text;
    }
}
