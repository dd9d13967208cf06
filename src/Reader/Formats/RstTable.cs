namespace Tessera.Reader.Formats;

/// <summary>The two ways in which reStructuredText draws tables. Rows that span several lines are joined.</summary>
internal static class RstTable
{
    private const int MostColumns = 256;

    public static bool IsGridRule(string line) => line.Length > 2 && line[0] == '+' && line.All(x => x is '+' or '-' or '=');

    public static bool IsSimpleRule(string line) => line.Length > 2 && line.All(x => x is '=' or ' ') && line.Contains(" =", StringComparison.Ordinal);

    /// <summary>Rows of a table in a frame of <c>+---+</c>.</summary>
    public static List<List<string>> Grid(List<string> lines)
    {
        var rows = new List<List<string>>();
        var row = new List<List<string>>();
        foreach (var line in lines.Select(x => x.Trim()).Append("+"))
        {
            if (line.StartsWith('+'))
            {
                rows.Add([.. row.Select(cell => RstLine.Plain(string.Join(' ', cell)))]);
                row.Clear();
                continue;
            }

            var cells = line.Trim('|').Split('|');
            for (var i = 0; i < cells.Length; i++)
            {
                if (i == row.Count)
                {
                    row.Add([]);
                }

                row[i].Add(cells[i].Trim());
            }
        }

        return rows;
    }

    /// <summary>Rows of a table whose columns stand below rules of <c>===</c>; the rules tell where columns begin.</summary>
    public static List<List<string>> Simple(List<string> lines)
    {
        var starts = new List<int>();
        for (var i = 0; i < lines[0].Length && starts.Count < MostColumns; i++)
        {
            if (lines[0][i] == '=' && (i == 0 || lines[0][i - 1] == ' '))
            {
                starts.Add(i);
            }
        }

        var rows = new List<List<List<string>>>();
        foreach (var line in lines.Where(x => !IsSimpleRule(x.Trim()) && !x.AsSpan().Trim().TrimStart('-').IsEmpty))
        {
            var cells = starts.Select((start, i) => Cell(line, start, i + 1 < starts.Count ? starts[i + 1] : line.Length)).ToList();
            if (rows.Count > 0 && cells[0].Length == 0)
            {
                // No text in the first column: the row above goes on.
                foreach (var (above, cell) in rows[^1].Zip(cells).Where(x => x.Second.Length > 0))
                {
                    above.Add(cell);
                }
            }
            else
            {
                rows.Add(cells.ConvertAll(cell => new List<string> { cell }));
            }
        }

        return rows.ConvertAll(row => row.ConvertAll(cell => string.Join(' ', cell.Where(x => x.Length > 0))));
    }

    private static string Cell(string line, int start, int end) =>
        start >= line.Length ? "" : RstLine.Plain(line[start..Math.Min(end, line.Length)].Trim());
}
