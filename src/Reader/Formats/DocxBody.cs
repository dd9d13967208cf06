using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Reads the body of a Word document into an outline.</summary>
internal sealed class DocxBody(Outline outline, DocxStyles styles, DocxNumbering numbering, DocxNotes notes)
{
    private readonly Stack<Paragraph> _paragraphs = new();
    private readonly Stack<Table> _tables = new();
    private int _notesSeen;
    private bool _inText;

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
            else if (_inText)
            {
                Append(walk.Text);
            }
        }
    }

    private void Start(XmlWalk walk)
    {
        switch (walk.Name)
        {
            case "del" or "moveFrom" or "Fallback" or "instrText" or "delText" or "sdtPr" or "tblPr" or "trPr" or "tcPr" or "sectPr":
                walk.Skip();
                break;
            case "p":
                _paragraphs.Push(new Paragraph());
                break;
            case "pPr" when _paragraphs.TryPeek(out var paragraph):
                ReadProperties(walk, paragraph);
                break;
            case "r" when _paragraphs.TryPeek(out var paragraph):
                paragraph.IsHidden = false;
                break;
            case "vanish" when _paragraphs.TryPeek(out var paragraph):
                paragraph.IsHidden = walk["val"] is not ("0" or "false" or "off");
                break;
            case "t":
                _inText = true;
                break;
            case "tab":
                Append(" ");
                break;
            case "br" or "cr":
                Append("\n");
                break;
            case "noBreakHyphen":
                Append("-");
                break;
            case "footnoteReference" or "endnoteReference":
                ReadNote(walk.Name[..^"Reference".Length], walk["id"] ?? "");
                break;
            case "tbl":
                _tables.Push(new Table(_paragraphs.Count));
                break;
            case "tr" when _tables.TryPeek(out var table):
                table.Rows.Add([]);
                break;
            case "tc" when _tables.TryPeek(out var table):
                table.Cell.Clear();
                break;
            default:
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "t":
                _inText = false;
                break;
            case "p" when _paragraphs.TryPop(out var paragraph):
                Finish(paragraph);
                break;
            case "tc" when _tables.TryPeek(out var table) && table.Rows.Count > 0:
                table.Rows[^1].Add(table.Cell.ToString());
                table.Cell.Clear();
                break;
            case "tbl" when _tables.TryPop(out var table):
                Finish(table);
                break;
            default:
                break;
        }
    }

    private static void ReadProperties(XmlWalk walk, Paragraph paragraph)
    {
        while (walk.Next() && !(walk.IsEnd && walk.Name == "pPr"))
        {
            switch (walk.IsStart ? walk.Name : "")
            {
                case "rPr" or "pPrChange" or "sectPr":
                    walk.Skip();
                    break;
                case "pStyle":
                    paragraph.Style = walk["val"];
                    break;
                case "outlineLvl":
                    paragraph.OutlineLevel = DocxNumbering.Number(walk["val"]);
                    break;
                case "numId":
                    paragraph.NumberingId = walk["val"];
                    break;
                case "ilvl":
                    paragraph.NumberingLevel = DocxNumbering.Number(walk["val"]);
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadNote(string kind, string id)
    {
        if (notes.Find(kind, id) is { Length: > 0 } note)
        {
            var label = $"[{++_notesSeen}]";
            Append(label);
            outline.Note($"{label} {note}");
        }
    }

    private void Append(string text)
    {
        if (_paragraphs.TryPeek(out var paragraph) && !paragraph.IsHidden)
        {
            paragraph.Text.Append(text);
        }
    }

    private void Finish(Paragraph paragraph)
    {
        var text = paragraph.Text.ToString();
        if (string.IsNullOrWhiteSpace(text) || styles.IsContents(paragraph.Style))
        {
            return;
        }

        var (label, depth) = Number(paragraph);
        if (_tables.TryPeek(out var table) && table.OpenParagraphs == _paragraphs.Count)
        {
            table.Cell.Append(table.Cell.Length == 0 ? "" : " ").Append(label.Length > 0 ? label + " " : "").Append(text);
            return;
        }

        var level = paragraph.OutlineLevel is >= 0 and <= 8 ? paragraph.OutlineLevel + 1 : styles.HeadingLevel(paragraph.Style);
        if (level is not null && _tables.Count == 0)
        {
            outline.Heading(level.Value, $"{label} {text}");
        }
        else if (label.Length > 0)
        {
            outline.Item(text, label, label == "-" ? depth : 0);
        }
        else
        {
            outline.Paragraph(text);
        }
    }

    private (string Label, int Depth) Number(Paragraph paragraph)
    {
        var inherited = styles.Numbering(paragraph.Style);
        var id = paragraph.NumberingId ?? inherited?.Id;
        var level = paragraph.NumberingLevel ?? inherited?.Level ?? 0;
        return id is null or "0" ? ("", 0) : (numbering.Next(id, level), level);
    }

    private void Finish(Table table)
    {
        if (_tables.TryPeek(out var around) && around.OpenParagraphs == _paragraphs.Count)
        {
            around.Cell.Append(' ').AppendJoin(' ', table.Rows.Select(RowBlocks.Line));
        }
        else
        {
            outline.Table(table.Rows);
        }
    }

    private sealed class Paragraph
    {
        public StringBuilder Text { get; } = new();

        public bool IsHidden { get; set; }

        public string? Style { get; set; }

        public int? OutlineLevel { get; set; }

        public string? NumberingId { get; set; }

        public int? NumberingLevel { get; set; }
    }

    /// <param name="openParagraphs">How many paragraphs were open around it: a text box in a cell is no text of that cell's table.</param>
    private sealed class Table(int openParagraphs)
    {
        public int OpenParagraphs { get; } = openParagraphs;

        public List<List<string>> Rows { get; } = [];

        public StringBuilder Cell { get; } = new();
    }
}
