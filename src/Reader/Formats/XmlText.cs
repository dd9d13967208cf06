using System.Collections.Frozen;
using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Reads XML into an outline by the position of its texts, for any vocabulary.</summary>
internal sealed class XmlText(Outline outline, bool withAttributes)
{
    private const int LongestLabelled = 200;

    private static readonly FrozenSet<string> Headings = "title head heading label name".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Containers = "section sec chapter article part book appendix div abstract".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new();
    private readonly Stack<Element> _open = new();
    private int _containers;

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
                End();
            }
            else
            {
                _text.Append(walk.Text);
            }
        }
    }

    private void Start(XmlWalk walk)
    {
        // Text directly before a tag: the element stands in running text.
        var isInline = _text.Length > 0 && !IsBlank();
        if (!isInline && _open.TryPeek(out var around))
        {
            _text.Clear();
            around.HasChildren = true;
        }

        var inContainer = _open.TryPeek(out var parent) && Containers.Contains(parent.Name);
        _open.Push(new Element(walk.Name, isInline, inContainer));
        _containers += Containers.Contains(walk.Name) ? 1 : 0;
        if (withAttributes)
        {
            outline.Item(string.Join("; ", walk.AllAttributes().Select(x => $"{x.Name}: {x.Value}")), walk.Name);
        }
    }

    private void End()
    {
        var element = _open.Pop();
        if (!element.IsInline)
        {
            Write(element);
        }

        _containers -= Containers.Contains(element.Name) ? 1 : 0;
    }

    private void Write(Element element)
    {
        var text = TextRules.Line(_text.ToString());
        _text.Clear();
        if (element.IsInContainer && Headings.Contains(element.Name))
        {
            outline.Heading(_containers, text);
        }
        else if (text.Length is > 0 and <= LongestLabelled && element.Name.Length > 2 && !element.HasChildren && !element.IsInContainer)
        {
            outline.Item(text, element.Name + ":");
        }
        else
        {
            outline.Paragraph(text);
        }
    }

    private bool IsBlank()
    {
        for (var i = 0; i < _text.Length; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Element(string name, bool isInline, bool isInContainer)
    {
        public string Name { get; } = name;

        public bool IsInline { get; } = isInline;

        public bool IsInContainer { get; } = isInContainer;

        public bool HasChildren { get; set; }
    }
}
