namespace Tessera.Reader.Pdf;

/// <summary>Finds headings by their letters: larger than the body, or bold where the body is not, and standing alone.</summary>
internal sealed class Headings
{
    private const int LongestHeading = 120;
    private const int MaximumLines = 3;

    private readonly double _body;
    private readonly bool _boldBody;
    private readonly HashSet<string> _running;
    private readonly List<(double Rank, string Text)> _trail = [];

    public Headings(IReadOnlyList<PdfLine> lines)
    {
        _body = lines.GroupBy(x => x.Size).MaxBy(x => x.Sum(line => line.Text.Length))?.Key ?? 0;
        _boldBody = lines.Where(x => x.Bold).Sum(x => (long)x.Text.Length) * 3 > lines.Sum(x => (long)x.Text.Length);
        _running = lines.DistinctBy(x => (x.Page, x.Text)).GroupBy(x => x.Text).Where(x => x.Count() > 2).Select(x => x.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The headings above the present line, outermost first.</summary>
    public IReadOnlyList<string> Trail => [.. _trail.Select(x => x.Text)];

    /// <summary>How many lines from <paramref name="at"/> on are one heading; 0 where none begins. Enters it in the trail.</summary>
    public int Take(IReadOnlyList<PdfLine> lines, int at)
    {
        var first = lines[at];
        if (!first.Begins || !IsHeading(first))
        {
            return 0;
        }

        var count = 1;
        while (at + count < lines.Count && lines[at + count] is var next && next.Page == first.Page && SameStyle(first, next) && !next.Begins)
        {
            count++;
        }

        if (count > MaximumLines || (at + count < lines.Count && lines[at + count] is { Begins: false } body && SameStyle(first, body)))
        {
            return 0;
        }

        var text = string.Join(' ', Enumerable.Range(at, count).Select(x => lines[x].Text));
        if (text.Length > LongestHeading)
        {
            return 0;
        }

        var rank = first.Size + (first.Bold ? 0.25 : 0);
        _trail.RemoveAll(x => x.Rank <= rank + 0.01);
        _trail.Add((rank, text));
        return count;
    }

    private bool IsHeading(PdfLine line) =>
        line.Text.Length is > 2 and <= LongestHeading && line.Text.Any(char.IsLetter) && line.Text[^1] is not ('.' or ',' or ';')
        && (line.Size >= 1.15 * _body || (line.Bold && !_boldBody && line.Size >= 0.95 * _body))
        && !_running.Contains(line.Text);

    private static bool SameStyle(PdfLine a, PdfLine b) => a.Bold == b.Bold && Math.Abs(a.Size - b.Size) < 0.6;
}
