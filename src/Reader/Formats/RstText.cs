namespace Tessera.Reader.Formats;

/// <summary>
/// Reads reStructuredText into an outline, line by line: titles by their adornment, lists, tables, literal blocks, notes.
/// Directives and roles are read for their text; nothing is included or run.
/// </summary>
internal sealed class RstText(Outline outline, CancellationToken cancellationToken)
{
    private readonly List<string> _adornments = [];
    private string[] _lines = [];
    private int _at;

    public void Read(string text)
    {
        _lines = [.. TextRules.Clean(text).Split('\n').Select(x => x.Replace("\t", "    ", StringComparison.Ordinal))];
        for (_at = 0; _at < _lines.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = _lines[_at];
            if (line.Length == 0)
            {
                _at++;
            }
            else if (!TakeTitle() && !TakeTable() && !TakeMarkup(line.TrimStart()))
            {
                TakeParagraph();
            }
        }
    }

    private string Line(int offset) => _at + offset < _lines.Length ? _lines[_at + offset] : "";

    private bool TakeTitle()
    {
        var over = RstLine.IsAdornment(Line(0)) && Line(1).Length > 0 && RstLine.IsAdornment(Line(2)) && Line(0)[0] == Line(2)[0];
        var under = Line(0)[0] != ' ' && RstLine.IsAdornment(Line(1)) && !RstLine.IsAdornment(Line(0)) && Line(1).Length >= Math.Min(Line(0).Length, 4);
        if (!over && !under)
        {
            return false;
        }

        var adornment = over ? $"{Line(0)[0]}{Line(0)[0]}" : Line(1)[..1];
        var level = _adornments.IndexOf(adornment);
        if (level < 0)
        {
            level = _adornments.Count;
            _adornments.Add(adornment);
        }

        outline.Heading(level + 1, RstLine.Plain(Line(over ? 1 : 0)));
        _at += over ? 3 : 2;
        return true;
    }

    private bool TakeTable()
    {
        var rule = Line(0).Trim();
        var rows = RstTable.IsGridRule(rule) ? RstTable.Grid(Block()) : RstTable.IsSimpleRule(rule) ? RstTable.Simple(Block()) : null;
        if (rows is null)
        {
            return false;
        }

        outline.Table(rows);
        _at += Block().Count;
        return true;
    }

    /// <summary>The lines from here to the next blank one; a simple table may have blank lines before its last rule.</summary>
    private List<string> Block() => [.. _lines.Skip(_at).TakeWhile(x => x.Length > 0)];

    private bool TakeMarkup(string line)
    {
        if (RstLine.IsAdornment(line) && Line(1).Length == 0)
        {
            _at++;
            return true;
        }

        if (line.StartsWith(".. ", StringComparison.Ordinal) || line == "..")
        {
            TakeExplicit(line);
            return true;
        }

        if (line == "::")
        {
            _at++;
            TakeLiteral(null);
            return true;
        }

        if (RstLine.Item(line) is var (marker, width))
        {
            TakeItem(marker, width);
            return true;
        }

        return false;
    }

    /// <summary>A directive, a note, a target or a comment.</summary>
    private void TakeExplicit(string line)
    {
        var body = line[Math.Min(3, line.Length)..];
        var mark = body.IndexOf("::", StringComparison.Ordinal);
        if (body.StartsWith('[') && body.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
        {
            _at++;
            outline.Note($"{body[..(close + 1)]} {RstLine.Plain(body[(close + 1)..] + " " + string.Join(' ', Indented()))}");
        }
        else if (mark > 0 && !body.StartsWith('_') && !body.StartsWith('|'))
        {
            TakeDirective(body[..mark].Trim(), body[(mark + 2)..].Trim());
        }
        else
        {
            // A target, a substitution or a comment, with all that is indented below it.
            _at++;
            Indented();
        }
    }

    private void TakeDirective(string name, string argument)
    {
        _at++;
        if (name is "code-block" or "code" or "sourcecode" or "literalinclude" or "math" or "parsed-literal" or "raw")
        {
            TakeLiteral(name is "math" or "raw" ? null : argument);
            return;
        }

        if (argument.Length > 0 && name is not ("image" or "figure" or "include" or "toctree" or "contents" or "highlight" or "default-role"))
        {
            outline.Paragraph(RstLine.Plain(argument));
        }

        // Its options are for the renderer; its text goes on as indented paragraphs.
        while (Line(0).TrimStart().StartsWith(':') && Line(0).StartsWith(' '))
        {
            _at++;
        }
    }

    /// <summary>Indented text that is shown as written.</summary>
    private void TakeLiteral(string? language)
    {
        var lines = Indented().SkipWhile(x => x.Length == 0 || x.TrimStart().StartsWith(':')).ToList();
        var indent = lines.Where(x => x.Length > 0).Select(x => x.Length - x.TrimStart().Length).DefaultIfEmpty(0).Min();
        outline.Code(string.Join('\n', lines.Select(x => x[Math.Min(indent, x.Length)..])), language);
    }

    /// <summary>The lines from here that are indented more than the line before, blank ones among them.</summary>
    private List<string> Indented()
    {
        var around = _at > 0 ? Indent(_lines[_at - 1]) : 0;
        var taken = new List<string>();
        for (; _at < _lines.Length && (_lines[_at].Length == 0 || Indent(_lines[_at]) > around); _at++)
        {
            taken.Add(_lines[_at]);
        }

        return taken;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private void TakeItem(string marker, int width)
    {
        var indent = Indent(Line(0));
        var text = new List<string> { Line(0)[(indent + width)..] };
        for (_at++; Line(0).Length > 0 && Indent(Line(0)) >= indent + Math.Min(width, 2) && RstLine.Item(Line(0).TrimStart()) is null; _at++)
        {
            text.Add(Line(0).Trim());
        }

        outline.Item(RstLine.Plain(string.Join(' ', text)), marker, indent / 2);
    }

    private void TakeParagraph()
    {
        var text = new List<string>();
        var indent = Indent(Line(0));
        for (; Line(0).Length > 0 && (text.Count == 0 || Indent(Line(0)) == indent); _at++)
        {
            text.Add(Line(0).StartsWith("| ", StringComparison.Ordinal) ? Line(0)[2..] + "\n" : Line(0).Trim());
        }

        var joined = string.Join(' ', text).TrimEnd();
        var announces = joined.EndsWith("::", StringComparison.Ordinal);
        outline.Paragraph(RstLine.Plain(announces ? joined[..^1] : joined));
        if (announces)
        {
            TakeLiteral(null);
        }
    }
}
