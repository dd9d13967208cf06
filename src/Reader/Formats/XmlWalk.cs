using System.Xml;

namespace Tessera.Reader.Formats;

/// <summary>
/// Walks XML as starts, texts and ends, without building a tree. Names are local names; an empty element has an end like any
/// other. Nesting is bounded by <see cref="XmlGuard"/>.
/// </summary>
internal sealed class XmlWalk(XmlReader reader, CancellationToken cancellationToken)
{
    private bool _endPending;
    private bool _skipped;

    public bool IsStart { get; private set; }

    public bool IsEnd { get; private set; }

    /// <summary>Local name of the element that starts or ends; empty at text.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Characters between tags, white space included; empty at a start or end.</summary>
    public string Text { get; private set; } = "";

    public int Depth => reader.Depth;

    /// <summary>Value of the started element's attribute by its local name, whatever its prefix; the first of several.</summary>
    public string? this[string attribute]
    {
        get
        {
            string? found = null;
            for (var more = reader.MoveToFirstAttribute(); more && found is null; more = reader.MoveToNextAttribute())
            {
                found = reader.LocalName == attribute && reader.Prefix != "xmlns" ? reader.Value : null;
            }

            reader.MoveToElement();
            return found;
        }
    }

    /// <summary>Values of all the started element's attributes of that local name.</summary>
    public IReadOnlyList<string> Attributes(string attribute) =>
        [.. AllAttributes().Where(x => x.Name == attribute).Select(x => x.Value)];

    /// <summary>The started element's attributes without declarations of namespaces.</summary>
    public IReadOnlyList<(string Name, string Value)> AllAttributes()
    {
        var all = new List<(string Name, string Value)>();
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
            {
                all.Add((reader.LocalName, reader.Value));
            }
        }

        reader.MoveToElement();
        return all;
    }

    /// <summary>Goes to the next start, text or end; false behind the last.</summary>
    public bool Next()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_endPending)
        {
            (_endPending, IsStart, IsEnd) = (false, false, true);
            return true;
        }

        while (_skipped ? !reader.EOF : reader.Read())
        {
            _skipped = false;
            if (Take())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>At a start: passes over the element and all in it; its end is not told.</summary>
    public void Skip()
    {
        if (_endPending)
        {
            _endPending = false;
            return;
        }

        reader.Skip();
        _skipped = true;
    }

    /// <summary>At a start: all text inside the element, whose end is passed.</summary>
    public string ReadText()
    {
        var text = new System.Text.StringBuilder();
        for (var open = 1; open > 0 && Next();)
        {
            open += IsStart ? 1 : IsEnd ? -1 : 0;
            text.Append(Text);
        }

        return text.ToString();
    }

    private bool Take()
    {
        XmlGuard.CheckDepth(reader);
        (IsStart, IsEnd, Name, Text) = (false, false, "", "");
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                (IsStart, Name, _endPending) = (true, reader.LocalName, reader.IsEmptyElement);
                return true;
            case XmlNodeType.EndElement:
                (IsEnd, Name) = (true, reader.LocalName);
                return true;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                Text = reader.Value;
                return true;
            default:
                return false;
        }
    }
}
