using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// Workbooks: one page a sheet, one line a row. What a formula gave when the file was saved is read; nothing is computed.
/// Dimensions and merges that the file states are not believed, only the cells that are there.
/// </summary>
internal sealed class XlsxFormat : IFormat
{
    /// <summary>A wider gap between two cells of a row is not shown by empty cells.</summary>
    private const int WidestGap = 16;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var parts = new OfficeParts(file, cancellationToken);
        var main = parts.Main("xl/workbook.xml");
        var relations = parts.Relations(main);
        string? Part(string type) => relations.FirstOrDefault(x => x.Type == type)?.Part;

        var strings = new List<string>();
        parts.Walk(Part("sharedStrings"), walk => ReadStrings(walk, strings));
        var numbers = new XlsxNumbers();
        parts.Walk(Part("styles"), numbers.ReadStyles);
        var sheets = new List<(string Name, string Part)>();
        parts.Walk(main, walk => ReadWorkbook(walk, relations, numbers, sheets));
        output.Pages = sheets.Count;
        for (var i = 0; i < sheets.Count; i++)
        {
            var (name, part) = sheets[i];
            var blocks = new RowBlocks(output, [name], i + 1);
            parts.Walk(part, walk => ReadSheet(walk, strings, numbers, blocks));
            blocks.Finish();
            ReadDrawings(parts, part, output, name, i + 1);
        }
    }

    private static void ReadWorkbook(
        XmlWalk walk, IReadOnlyList<OfficeRelation> relations, XlsxNumbers numbers, List<(string Name, string Part)> sheets)
    {
        while (walk.Next())
        {
            if (walk.IsStart && walk.Name == "workbookPr")
            {
                numbers.From1904 = walk["date1904"] is "1" or "true";
            }
            else if (walk.IsStart && walk.Name == "sheet"
                && walk.Attributes("id").SelectMany(id => relations.Where(x => x.Id == id)).FirstOrDefault() is { } sheet)
            {
                sheets.Add((walk["name"] ?? "", sheet.Part));
            }
        }
    }

    private static void ReadStrings(XmlWalk walk, List<string> strings)
    {
        var text = new StringBuilder();
        var inText = false;
        while (walk.Next())
        {
            switch (walk.Name)
            {
                case "rPh" when walk.IsStart:
                    walk.Skip();
                    break;
                case "t":
                    inText = walk.IsStart;
                    break;
                case "si" when walk.IsEnd:
                    strings.Add(text.ToString());
                    text.Clear();
                    break;
                default:
                    text.Append(inText ? walk.Text : "");
                    break;
            }
        }
    }

    private static void ReadSheet(XmlWalk walk, List<string> strings, XlsxNumbers numbers, RowBlocks blocks)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var (type, style, column, inValue) = ((string?)null, (string?)null, 0, false);
        while (walk.Next())
        {
            switch (walk.Name)
            {
                case "rPh" or "f" when walk.IsStart:
                    walk.Skip();
                    break;
                case "c" when walk.IsStart:
                    (type, style, column) = (walk["t"], walk["s"], Column(walk["r"]));
                    break;
                case "v" or "t":
                    inValue = walk.IsStart;
                    break;
                case "c":
                    FillGap(row, column);
                    row.Add(Show(value.ToString(), type, style, strings, numbers));
                    value.Clear();
                    break;
                case "row" when walk.IsEnd:
                    blocks.Add(row);
                    row.Clear();
                    break;
                default:
                    value.Append(inValue ? walk.Text : "");
                    break;
            }
        }
    }

    private static string Show(string value, string? type, string? style, List<string> strings, XlsxNumbers numbers) => type switch
    {
        "s" => DocxNumbering.Number(value) is { } index && index >= 0 && index < strings.Count ? strings[index] : "",
        "b" => value == "1" ? "TRUE" : value.Length > 0 ? "FALSE" : "",
        "str" or "inlineStr" or "e" or "d" => value,
        _ => numbers.Show(value, style),
    };

    private static void FillGap(List<string> row, int column)
    {
        for (var missing = column - row.Count - 1; missing is > 0 and <= WidestGap; missing--)
        {
            row.Add("");
        }
    }

    /// <summary>1-based column of a reference such as <c>AB12</c>; 0 where it says none.</summary>
    private static int Column(string? reference)
    {
        var column = 0;
        foreach (var c in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(3))
        {
            column = (column * 26) + c - 'A' + 1;
        }

        return column;
    }

    private static void ReadDrawings(OfficeParts parts, string sheet, SectionWriter output, string name, int page)
    {
        foreach (var drawing in parts.Relations(sheet).Where(x => x.Type == "drawing"))
        {
            var text = new DrawingText();
            parts.Walk(drawing.Part, text.Read);
            output.Write(string.Join("\n\n", text.Lines), [name], page);
        }
    }
}
