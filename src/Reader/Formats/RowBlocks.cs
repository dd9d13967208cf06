using System.Text;
using Tessera.Sdk;

namespace Tessera.Reader.Formats;

/// <summary>
/// Writes the rows of a table, one a line, in sections of some thousand characters. Each but the first names the header row
/// in its trail, so that no row is read without its columns' names.
/// </summary>
internal sealed class RowBlocks(SectionWriter output, IEnumerable<string> trail, int? page)
{
    private const int LongestBlock = 4_000;
    private const int LongestHeader = 200;

    private static readonly Dictionary<string, string> Tags = new() { [SectionTags.Kind] = SectionTags.KindTable };

    private readonly List<string> _trail = [.. trail];
    private readonly StringBuilder _text = new();
    private string? _header;
    private bool _split;

    /// <summary>A row's cells joined as the platform shows rows; empty cells at its end are dropped.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(" | ", cells.Select(TextRules.Line)).TrimEnd(' ', '|');

    /// <summary>Takes the next row; blank rows are dropped.</summary>
    public void Add(IReadOnlyList<string> cells)
    {
        var line = Line(cells);
        if (line.Length == 0)
        {
            return;
        }

        if (_text.Length > 0 && _text.Length + line.Length > LongestBlock)
        {
            Finish();
            _split = true;
        }

        if (_header is null && cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) > 1)
        {
            _header = line.Length <= LongestHeader ? line : TextRules.Line(line[..LongestHeader]) + "…";
        }

        _text.Append(_text.Length == 0 ? "" : "\n").Append(line);
    }

    /// <summary>Writes what is pending. Call it once at the end.</summary>
    public void Finish()
    {
        output.Write(_text.ToString(), _split && _header is not null ? _trail.Append(_header) : _trail, page, Tags);
        _text.Clear();
    }
}
