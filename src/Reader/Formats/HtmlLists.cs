using System.Globalization;

namespace Tessera.Reader.Formats;

/// <summary>The lists that are open at a place of an HTML page, and the marker of the item there.</summary>
internal sealed class HtmlLists
{
    private readonly Stack<(bool IsOrdered, int Number)> _lists = new();
    private string? _marker;
    private bool _inItem;

    public void Take(bool isOrdered, bool isStart, string? start)
    {
        if (isStart)
        {
            _lists.Push((isOrdered, int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first - 1 : 0));
        }
        else
        {
            _lists.TryPop(out _);
        }

        (_marker, _inItem) = (null, false);
    }

    public void StartItem()
    {
        _inItem = true;
        _marker = "-";
        if (_lists.TryPop(out var list))
        {
            _lists.Push(list with { Number = list.Number + 1 });
            _marker = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{list.Number + 1}.") : "-";
        }
    }

    public void EndItem() => (_marker, _inItem) = (null, false);

    /// <summary>Writes a paragraph: as an item where it is the first of one, else as text.</summary>
    public void Write(Outline outline, string text)
    {
        if (_inItem)
        {
            outline.Item(text, _marker ?? "", _lists.Count - 1 + (_marker is null ? 1 : 0));
            _marker = null;
        }
        else
        {
            outline.Paragraph(text);
        }
    }
}
