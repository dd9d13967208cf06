using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Tessera.Reader.Pdf;

/// <summary>
/// Puts a page's letters together to lines, in the order in which the page draws them: the order that its author's program
/// meant, column after column, and a table's cells of one row in one line.
/// </summary>
internal sealed class PageLines
{
    /// <summary>A gap between letters, in sizes of the letter, that is a space.</summary>
    private const double Space = 0.16;

    /// <summary>How far from the base line a letter may stand, in sizes, to be of the line: super- and subscripts are.</summary>
    private const double Drift = 0.55;

    private readonly List<RawLine> _lines = [];
    private Letter? _last;

    private PageLines()
    {
    }

    public static IReadOnlyList<PdfLine> Of(Page page)
    {
        var lines = new PageLines();
        foreach (var letter in page.Letters)
        {
            lines.Add(letter);
        }

        return lines.Finish(page.Number);
    }

    private void Add(Letter letter)
    {
        if (string.IsNullOrEmpty(letter.Value) || (_last is not null && IsDrawnAgain(_last, letter)))
        {
            return;
        }

        if (_last is null || !IsOnLine(_last, letter))
        {
            _lines.Add(new RawLine(letter.StartBaseLine));
        }
        else if (Along(_last, letter) > Space * SizeOf(_last))
        {
            _lines[^1].Add(" ", letter);
        }

        _lines[^1].Add(letter.Value, letter);
        _last = letter;
    }

    private List<PdfLine> Finish(int page)
    {
        var lines = _lines.Where(x => !string.IsNullOrWhiteSpace(x.Text.ToString())).ToList();
        var pitch = Pitch(lines);
        var result = new List<PdfLine>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var fall = i == 0 ? 0 : lines[i - 1].Start.Y - lines[i].Start.Y;
            var begins = i == 0 || fall < -0.1 || fall > 1.4 * pitch || Math.Abs(lines[i].Size - lines[i - 1].Size) > 0.15 * lines[i].Size;
            result.Add(new PdfLine(page, Ligatures.Spell(lines[i].Text.ToString().Trim()), lines[i].Size, lines[i].IsBold, begins));
        }

        return result;
    }

    /// <summary>The usual distance of lines.</summary>
    private static double Pitch(List<RawLine> lines)
    {
        var falls = lines.Zip(lines.Skip(1), (a, b) => (Fall: a.Start.Y - b.Start.Y, b.Size))
            .Where(x => x.Fall > 0.5 * x.Size && x.Fall < 3 * x.Size).Select(x => x.Fall).Order().ToList();
        return falls.Count == 0 ? double.MaxValue : falls[falls.Count / 2];
    }

    private static bool IsOnLine(Letter last, Letter letter)
    {
        var size = Math.Max(SizeOf(last), SizeOf(letter));
        return last.TextOrientation == letter.TextOrientation && Math.Abs(Across(last, letter)) < Drift * size && Along(last, letter) > -size;
    }

    /// <summary>Bold that is made by drawing a letter twice.</summary>
    private static bool IsDrawnAgain(Letter last, Letter letter) =>
        last.Value == letter.Value && !string.IsNullOrWhiteSpace(letter.Value)
        && Math.Abs(last.StartBaseLine.X - letter.StartBaseLine.X) + Math.Abs(last.StartBaseLine.Y - letter.StartBaseLine.Y) < 0.12 * SizeOf(letter);

    /// <summary>The way from the end of the last letter to the start of the next, in the direction of writing.</summary>
    private static double Along(Letter last, Letter letter)
    {
        var (x, y) = Direction(last);
        return ((letter.StartBaseLine.X - last.EndBaseLine.X) * x) + ((letter.StartBaseLine.Y - last.EndBaseLine.Y) * y);
    }

    private static double Across(Letter last, Letter letter)
    {
        var (x, y) = Direction(last);
        return ((letter.StartBaseLine.Y - last.EndBaseLine.Y) * x) - ((letter.StartBaseLine.X - last.EndBaseLine.X) * y);
    }

    private static (double X, double Y) Direction(Letter letter)
    {
        var (x, y) = (letter.EndBaseLine.X - letter.StartBaseLine.X, letter.EndBaseLine.Y - letter.StartBaseLine.Y);
        var length = Math.Sqrt((x * x) + (y * y));
        return length < 1e-6 ? (1, 0) : (x / length, y / length);
    }

    private static double SizeOf(Letter letter) => letter.PointSize > 0.5 ? letter.PointSize : Math.Max(1, letter.BoundingBox.Height);

    private sealed class RawLine(PdfPoint start)
    {
        private readonly Dictionary<double, int> _sizes = [];
        private int _letters;
        private int _bold;

        public PdfPoint Start => start;

        public StringBuilder Text { get; } = new();

        public double Size => _sizes.Count == 0 ? 1 : _sizes.MaxBy(x => x.Value).Key;

        public bool IsBold => _letters > 0 && _bold >= 0.9 * _letters;

        public void Add(string value, Letter letter)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                if (Text.Length > 0 && Text[^1] != ' ')
                {
                    Text.Append(' ');
                }

                return;
            }

            Text.Append(value);
            var size = Math.Round(SizeOf(letter) * 2) / 2;
            _sizes[size] = _sizes.GetValueOrDefault(size) + 1;
            _letters++;
            _bold += letter.FontDetails.IsBold || letter.FontName?.Contains("Bold", StringComparison.OrdinalIgnoreCase) == true ? 1 : 0;
        }
    }
}
