using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Text of drawings in Open XML documents: shapes of slides, diagrams, text boxes of sheets.</summary>
internal sealed class DrawingText
{
    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _paragraph = new();
    private List<List<string>>? _rows;
    private string? _placeholder;
    private int _depth;
    private bool _inText;

    /// <summary>Title of the slide, empty where it has none.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Lines of text in the file's order, without tables.</summary>
    public IEnumerable<string> Lines => _blocks.Where(x => x.Rows is null).Select(x => x.Text);

    public void Read(XmlWalk walk)
    {
        while (walk.Next())
        {
            switch (walk.Name)
            {
                case "Fallback" or "numCache" or "numLit" when walk.IsStart:
                    walk.Skip();
                    break;
                case "fld" when walk.IsStart && walk["type"] is "slidenum":
                    walk.Skip();
                    break;
                case "sp" or "graphicFrame" when walk.IsStart:
                    _placeholder = null;
                    break;
                case "ph" when walk.IsStart:
                    _placeholder = walk["type"];
                    break;
                case "tbl":
                    EndTable(walk.IsStart);
                    break;
                case "tr" when walk.IsStart:
                    _rows?.Add([]);
                    break;
                case "tc" when walk.IsEnd:
                    _rows?.LastOrDefault()?.Add(Take());
                    break;
                case "pPr" when walk.IsStart:
                    _depth = DocxNumbering.Number(walk["lvl"]) ?? 0;
                    break;
                case "p" or "pt":
                    EndParagraph(walk.IsStart);
                    break;
                case "br" when walk.IsStart:
                    _paragraph.Append('\n');
                    break;
                case "t" or "v":
                    _inText = walk.IsStart;
                    break;
                default:
                    _paragraph.Append(_inText ? walk.Text : "");
                    break;
            }
        }
    }

    /// <summary>Writes title, lines and tables.</summary>
    public void WriteTo(Outline outline)
    {
        outline.Heading(1, Title);
        foreach (var block in _blocks)
        {
            if (block.Rows is not null)
            {
                outline.Table(block.Rows);
            }
            else
            {
                outline.Item(block.Text, "", block.Depth);
            }
        }
    }

    private void EndTable(bool isStart)
    {
        if (isStart)
        {
            _rows = [];
            return;
        }

        _blocks.Add(new("", 0, _rows));
        _rows = null;
    }

    private void EndParagraph(bool isStart)
    {
        if (isStart || _rows is not null)
        {
            _paragraph.Append(_rows is null ? "" : " ");
            _depth = 0;
            return;
        }

        var text = Take();
        if (_placeholder is "title" or "ctrTitle")
        {
            Title = TextRules.Line($"{Title} {text}");
        }
        else if (text.Length > 0 && _placeholder is not ("sldNum" or "dt" or "ftr"))
        {
            _blocks.Add(new(text, _depth, null));
        }
    }

    private string Take()
    {
        var text = TextRules.Clean(_paragraph.ToString());
        _paragraph.Clear();
        return text;
    }

    private sealed record Block(string Text, int Depth, List<List<string>>? Rows);
}
