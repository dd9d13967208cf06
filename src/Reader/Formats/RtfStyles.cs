using System.Globalization;
using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>An RTF file's paragraph styles, as far as they tell headings.</summary>
internal sealed class RtfStyles
{
    private readonly Dictionary<int, int> _levels = [];
    private readonly StringBuilder _name = new();
    private int _style;
    private int? _level;

    /// <summary>A style's number begins its entry.</summary>
    public void Start(int number)
    {
        (_style, _level) = (number, null);
        _name.Clear();
    }

    public void SetLevel(int level) => _level = level is >= 0 and <= 8 ? level + 1 : null;

    /// <summary>Takes a character of the name.</summary>
    public void Append(char character)
    {
        if (_name.Length < 100)
        {
            _name.Append(character);
        }
    }

    public void End()
    {
        var name = _name.ToString().Trim(' ', ';').ToLowerInvariant();
        if (name.StartsWith("heading ", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var named))
        {
            _levels[_style] = Math.Clamp(named, 1, 9);
        }
        else if (name == "title")
        {
            _levels[_style] = 0;
        }
        else if (_level is { } level)
        {
            _levels[_style] = level;
        }
    }

    /// <summary>Level of a heading's style, null for styles of text.</summary>
    public int? LevelOf(int style) => _levels.TryGetValue(style, out var level) ? level : null;
}
