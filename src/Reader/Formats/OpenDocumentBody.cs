using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Reads the content of an OpenDocument file. Tracked deletions and remarks are left out; notes come at their section's end.</summary>
internal sealed class OpenDocumentBody(SectionWriter output)
{
    /// <summary>Repeated cells are shown up to this many times: empty ones fill whole sheets.</summary>
    private const int MostRepeats = 16;

    private readonly Outline _outline = new(output);
    private readonly Stack<StringBuilder> _paragraphs = new();
    private readonly Stack<Table> _tables = new();
    private bool _isSheets;
    private int _lists;
    private int _heading;
    private bool _itemStarts;
    private int _notes;

    public void Read(XmlWalk walk)
    {
        while (walk.Next())
        {
            if (walk.IsStart)
            {
                Start(walk);
            }
            else if (walk.IsEnd)
            {
                End(walk.Name);
            }
            else if (_paragraphs.TryPeek(out var paragraph))
            {
                paragraph.Append(walk.Text.Replace('\n', ' '));
            }
        }

        _outline.Flush();
    }

    private void Start(XmlWalk walk)
    {
        switch (walk.Name)
        {
            case "tracked-changes" or "annotation" or "note-citation" or "scripts" or "font-face-decls" or "automatic-styles"
                or "table-of-content":
                walk.Skip();
                break;
            case "h" or "p":
                _heading = walk.Name == "h" ? Math.Clamp(DocxNumbering.Number(walk["outline-level"]) ?? 1, 1, 10) : 0;
                _paragraphs.Push(new StringBuilder());
                break;
            case "spreadsheet":
                _isSheets = true;
                break;
            case "tab" or "s":
                Append(" ");
                break;
            case "line-break":
                Append("\n");
                break;
            case "list":
                _lists++;
                break;
            case "list-item":
                _itemStarts = true;
                break;
            case "note":
                Append($"[{++_notes}]");
                _paragraphs.Push(new StringBuilder());
                break;
            case "page":
                _outline.NextPage((_outline.Page ?? 0) + 1);
                output.Pages = _outline.Page;
                break;
            case "table":
                StartTable(walk["name"] ?? "");
                break;
            case "table-row" when _tables.TryPeek(out var table):
                table.Row = [];
                break;
            case "table-cell" or "covered-table-cell" when _tables.TryPeek(out var table):
                table.Repeats = Math.Clamp(DocxNumbering.Number(walk["number-columns-repeated"]) ?? 1, 1, MostRepeats);
                break;
            default:
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "h" or "p" when _paragraphs.TryPop(out var paragraph):
                Finish(paragraph.ToString());
                break;
            case "note" when _paragraphs.TryPop(out var note):
                _outline.Note($"[{_notes}] {TextRules.Line(note.ToString())}");
                break;
            case "list":
                _lists = Math.Max(0, _lists - 1);
                break;
            case "table-cell" or "covered-table-cell" when _tables.TryPeek(out var table):
                table.Row.AddRange(Enumerable.Repeat(table.Cell.ToString(), table.Repeats));
                table.Cell.Clear();
                break;
            case "table-row" when _tables.TryPeek(out var table):
                table.Add();
                break;
            case "table" when _tables.TryPop(out var table):
                table.Finish(_outline);
                break;
            default:
                break;
        }
    }

    private void Append(string text)
    {
        if (_paragraphs.TryPeek(out var paragraph))
        {
            paragraph.Append(text);
        }
    }

    private void Finish(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_paragraphs.TryPeek(out var around))
        {
            around.Append(' ').Append(text);
        }
        else if (_tables.TryPeek(out var table))
        {
            table.Cell.Append(table.Cell.Length == 0 ? "" : " ").Append(text);
        }
        else if (_heading > 0)
        {
            _outline.Heading(_heading, text);
        }
        else if (_lists > 0)
        {
            _outline.Item(text, _itemStarts ? "-" : "", _lists - 1);
            _itemStarts = false;
        }
        else
        {
            _outline.Paragraph(text);
        }
    }

    private void StartTable(string name)
    {
        RowBlocks? blocks = null;
        if (_isSheets && _tables.Count == 0)
        {
            _outline.NextPage((_outline.Page ?? 0) + 1);
            output.Pages = _outline.Page;
            blocks = new RowBlocks(output, [name], _outline.Page);
        }

        _tables.Push(new Table(blocks));
    }

    private sealed class Table(RowBlocks? sheet)
    {
        private readonly List<List<string>> _rows = [];

        public StringBuilder Cell { get; } = new();

        public List<string> Row { get; set; } = [];

        public int Repeats { get; set; } = 1;

        public void Add()
        {
            if (sheet is null)
            {
                _rows.Add(Row);
            }
            else
            {
                sheet.Add(Row);
            }
        }

        public void Finish(Outline outline)
        {
            sheet?.Finish();
            outline.Table(_rows);
        }
    }
}
