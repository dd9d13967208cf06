using System.Globalization;

namespace Tessera.Reader.Formats;

/// <summary>Shows a workbook's numbers as its reader sees them where that changes the meaning: dates, times and percentages.</summary>
internal sealed class XlsxNumbers
{
    private readonly Dictionary<int, string> _codes = [];
    private readonly List<int> _formats = [];

    /// <summary>Whether days are counted from 1904, as old Macintosh programs did.</summary>
    public bool From1904 { get; set; }

    public void ReadStyles(XmlWalk walk)
    {
        var inCells = false;
        while (walk.Next())
        {
            if (walk.Name == "cellXfs")
            {
                inCells = walk.IsStart;
            }
            else if (walk.IsStart && walk.Name == "numFmt" && DocxNumbering.Number(walk["numFmtId"]) is { } id)
            {
                _codes[id] = walk["formatCode"] ?? "";
            }
            else if (inCells && walk.IsStart && walk.Name == "xf")
            {
                _formats.Add(DocxNumbering.Number(walk["numFmtId"]) ?? 0);
            }
        }
    }

    /// <summary>The number as text: ISO dates, percentages, else as saved with its rounding noise removed.</summary>
    /// <param name="value">The cell's value as saved.</param>
    /// <param name="style">Index of the cell's style, as saved.</param>
    public string Show(string value, string? style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        var format = DocxNumbering.Number(style) is { } index && index >= 0 && index < _formats.Count ? _formats[index] : 0;
        var code = Plain(_codes.GetValueOrDefault(format, ""));
        if (format is (>= 14 and <= 22) or (>= 45 and <= 47) || code.IndexOfAny(['y', 'd', 'h', 's']) >= 0)
        {
            return ShowDate(number) ?? value;
        }

        return format is 9 or 10 || code.Contains('%', StringComparison.Ordinal)
            ? (number * 100).ToString("G12", CultureInfo.InvariantCulture) + "%"
            : number.ToString("G15", CultureInfo.InvariantCulture);
    }

    private string? ShowDate(double serial)
    {
        var days = From1904 ? serial + 1462 : serial;
        if (days is < 0 or >= 2_958_466)
        {
            return null;
        }

        var date = DateTime.FromOADate(days);
        var seconds = Math.Round(date.TimeOfDay.TotalSeconds);
        var pattern = days < 1 ? "HH:mm:ss" : seconds is 0 or 86_400 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        return date.Date.AddSeconds(seconds).ToString(pattern, CultureInfo.InvariantCulture);
    }

    /// <summary>A format's code without its quoted text, escaped characters and bracketed colours and conditions.</summary>
    private static string Plain(string code)
    {
        var plain = new System.Text.StringBuilder();
        for (var i = 0; i < code.Length; i++)
        {
            var close = code[i] switch { '"' => '"', '[' => ']', _ => '\0' };
            if (close != '\0')
            {
                var end = code.IndexOf(close, i + 1);
                i = end < 0 ? code.Length : end;
            }
            else if (code[i] is '\\' or '_' or '*')
            {
                i++;
            }
            else
            {
                plain.Append(char.ToLowerInvariant(code[i]));
            }
        }

        // "General" and "Standard" are words, not patterns.
        return plain.Replace("general", "").Replace("standard", "").ToString();
    }
}
