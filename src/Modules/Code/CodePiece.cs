using System.Globalization;
using Tessera.Modules.Cutting;
using Tessera.Sdk;

namespace Tessera.Modules.Code;

/// <summary>Neighbouring sections of a source file that become one chunk, or one series of windows.</summary>
/// <param name="Runs">At least one.</param>
internal sealed record CodePiece(IReadOnlyList<SectionRun> Runs)
{
    public int Start => Runs[0].Start;

    public int End => Runs[^1].Start + Runs[^1].Text.Length;

    public string Text => Runs.Count == 1 ? Runs[0].Text : string.Join(Section.Joint, Runs.Select(x => x.Text));

    /// <summary>The trail that all of the piece stands under.</summary>
    public string Path
    {
        get
        {
            var common = Runs[0].Path.Split(Section.Separator).AsEnumerable();
            foreach (var run in Runs.Skip(1))
            {
                common = common.Zip(run.Path.Split(Section.Separator)).TakeWhile(x => x.First == x.Second).Select(x => x.First);
            }

            return string.Join(Section.Separator, common);
        }
    }

    /// <summary>Whether the next section is short enough to share the chunk, and stands in the same type or beside it.</summary>
    public bool Takes(SectionRun next, int comfortable) =>
        next.Start + next.Text.Length - Start <= comfortable
        && (Above(Runs[^1].Path) == Above(next.Path) || next.Path.StartsWith(Runs[^1].Path, StringComparison.Ordinal) || Path.Length == 0);

    /// <summary>The tags of a window: all symbols of the piece, and the lines that the window holds.</summary>
    /// <param name="start">Offset of the window in the piece's text.</param>
    /// <param name="end">Offset just behind it.</param>
    public IReadOnlyDictionary<string, string> TagsOf(int start, int end)
    {
        var tags = new Dictionary<string, string>(Runs[0].Tags, StringComparer.Ordinal);
        if (Runs.Count > 1)
        {
            tags.Remove(SectionTags.Signature);
            var symbols = Runs.Select(x => x.Tags.GetValueOrDefault(SectionTags.Symbol, "")).Where(x => x.Length > 0).Distinct();
            tags[SectionTags.Symbol] = string.Join(", ", symbols);
            if (tags[SectionTags.Symbol].Length == 0)
            {
                tags.Remove(SectionTags.Symbol);
            }
        }

        if (Line(Runs[0], 0) is { } first && Line(Runs[^1], 1) is { } last)
        {
            var text = Runs.Count == 1 ? Runs[0].Text : "";
            var from = Runs.Count == 1 ? first + text.AsSpan(0, start).Count('\n') : first;
            var to = Runs.Count == 1 && end < text.Length ? from + text.AsSpan(start, end - start).Count('\n') : last;
            tags[SectionTags.Lines] = string.Create(CultureInfo.InvariantCulture, $"{from}-{Math.Max(from, to)}");
        }

        return tags;
    }

    private static string Above(string path)
    {
        var last = path.LastIndexOf(Section.Separator, StringComparison.Ordinal);
        return last < 0 ? "" : path[..last];
    }

    private static int? Line(SectionRun run, int which) =>
        run.Tags.TryGetValue(SectionTags.Lines, out var lines) && lines.Split('-') is { Length: 2 } parts
        && int.TryParse(parts[which], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;
}
