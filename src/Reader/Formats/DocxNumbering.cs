using System.Globalization;
using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// Counts a Word document's automatic numbers, which stand nowhere in its text: lawyers cite by them. Ask for the labels of
/// numbered paragraphs in their order, each once.
/// </summary>
internal sealed class DocxNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<string, Level[]> _lists = [];
    private readonly Dictionary<string, Instance> _numbers = [];
    private readonly Dictionary<string, int?[]> _counters = [];

    public static int? Number(string? value) =>
        int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public void Read(XmlWalk walk)
    {
        var levels = Array.Empty<Level>();
        var level = new Level();
        var number = new Instance();
        var index = 0;
        while (walk.Next())
        {
            switch (walk.IsStart ? walk.Name : "")
            {
                case "abstractNum":
                    levels = [.. Enumerable.Range(0, Levels).Select(_ => new Level())];
                    _lists[walk["abstractNumId"] ?? ""] = levels;
                    break;
                case "lvl" when levels.Length > 0:
                    level = levels[Math.Clamp(Number(walk["ilvl"]) ?? 0, 0, Levels - 1)];
                    break;
                case "start":
                    level.Start = Number(walk["val"]) ?? 1;
                    break;
                case "numFmt":
                    level.Format = walk["val"] ?? "decimal";
                    break;
                case "lvlText":
                    level.Text = walk["val"] ?? "";
                    break;
                case "isLgl":
                    level.IsLegal = true;
                    break;
                case "num":
                    levels = [];
                    level = new Level();
                    number = new Instance();
                    _numbers[walk["numId"] ?? ""] = number;
                    break;
                case "abstractNumId":
                    number.List = walk["val"] ?? "";
                    break;
                case "lvlOverride":
                    index = Math.Clamp(Number(walk["ilvl"]) ?? 0, 0, Levels - 1);
                    break;
                case "startOverride":
                    number.Restarts[index] = Number(walk["val"]) ?? 1;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The next label of a list, such as <c>5.2</c> or <c>(a)</c>; <c>-</c> for bullets; empty where there is none.</summary>
    public string Next(string numberId, int levelIndex)
    {
        if (!_numbers.TryGetValue(numberId, out var number) || !_lists.TryGetValue(number.List, out var levels))
        {
            return "";
        }

        var at = Math.Clamp(levelIndex, 0, Levels - 1);
        var counters = _counters.TryGetValue(number.List, out var known) ? known : _counters[number.List] = new int?[Levels];
        if (number.Restarts.Remove(at, out var restart))
        {
            counters[at] = restart - 1;
        }

        counters[at] = (counters[at] ?? levels[at].Start - 1) + 1;
        Array.Fill(counters, null, at + 1, Levels - at - 1);
        return levels[at].Format == "bullet" ? "-" : Label(levels, counters, at);
    }

    private static string Label(Level[] levels, int?[] counters, int at)
    {
        var pattern = levels[at].Text;
        var label = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length && pattern[i + 1] is >= '1' and <= '9')
            {
                var level = pattern[++i] - '1';
                var format = levels[at].IsLegal && level != at ? "decimal" : levels[level].Format;
                label.Append(Format(counters[level] ?? levels[level].Start, format));
            }
            else
            {
                label.Append(pattern[i]);
            }
        }

        return TextRules.Line(label.ToString());
    }

    private static string Format(int value, string format) => format switch
    {
        "none" => "",
        "lowerLetter" => Letters(value).ToLowerInvariant(),
        "upperLetter" => Letters(value),
        "lowerRoman" => Roman(value).ToLowerInvariant(),
        "upperRoman" => Roman(value),
        "decimalZero" => value.ToString("00", CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Letters(int value) =>
        value is < 1 or > 780 ? "" : new string((char)('A' + ((value - 1) % 26)), ((value - 1) / 26) + 1);

    private static string Roman(int value)
    {
        (int Value, string Sign)[] signs =
        [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ];
        var roman = new StringBuilder();
        var rest = Math.Clamp(value, 0, 3999);
        foreach (var (size, sign) in signs)
        {
            for (; rest >= size; rest -= size)
            {
                roman.Append(sign);
            }
        }

        return roman.ToString();
    }

    private sealed class Level
    {
        public int Start { get; set; } = 1;

        public string Format { get; set; } = "decimal";

        public string Text { get; set; } = "";

        public bool IsLegal { get; set; }
    }

    private sealed class Instance
    {
        public string List { get; set; } = "";

        public Dictionary<int, int> Restarts { get; } = [];
    }
}
