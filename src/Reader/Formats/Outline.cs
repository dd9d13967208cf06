using System.Text;
using Tessera.Sdk;

namespace Tessera.Reader.Formats;

/// <summary>
/// Takes a document as headings, paragraphs, list items, tables and notes in reading order and writes one section for the
/// whole text under a heading. Tables and long code become sections of their own under the same trail.
/// </summary>
internal sealed class Outline(SectionWriter output)
{
    /// <summary>Longer "headings" are whole clauses in a heading's style: they are text.</summary>
    private const int LongestHeading = 200;
    private const int LongestSection = 50_000;
    private const int LongestTightItem = 200;
    private const int LongestInlineCode = 12;

    private readonly List<(int Level, string Text)> _trail = [];
    private readonly List<string> _notes = [];
    private readonly StringBuilder _text = new();
    private bool _onlyHeadings = true;
    private bool _afterItem;

    /// <summary>1-based page, slide or sheet of what comes; set by <see cref="NextPage"/>.</summary>
    public int? Page { get; private set; }

    /// <summary>The headings above what comes.</summary>
    public IEnumerable<string> Trail => _trail.Select(x => x.Text);

    /// <summary>Ends the section and forgets the headings.</summary>
    public void NextPage(int? page)
    {
        Flush();
        _trail.Clear();
        Page = page;
    }

    /// <summary>A heading; smaller levels stand higher. Headings in direct descent stay in one section with the text below them.</summary>
    public void Heading(int level, string text)
    {
        var line = TextRules.Line(text);
        if (line.Length == 0)
        {
            return;
        }

        if (!_onlyHeadings || _trail.Count == 0 || level <= _trail[^1].Level || line.Length > LongestHeading)
        {
            Flush();
        }

        _trail.RemoveAll(x => x.Level >= level);
        if (line.Length > LongestHeading)
        {
            Paragraph(text);
            return;
        }

        _trail.Add((level, line));
        Append(line, "\n\n");
        _afterItem = false;
    }

    /// <summary>A paragraph; white space within its lines is collapsed.</summary>
    public void Paragraph(string text) => AppendBody(Lines(text), "\n\n", isItem: false);

    /// <summary>An item of a list, on a line below the item before it.</summary>
    /// <param name="text">The item's text.</param>
    /// <param name="marker">What stands before it: <c>-</c>, <c>5.2</c>, or empty.</param>
    /// <param name="depth">How many lists are around its list.</param>
    public void Item(string text, string marker = "-", int depth = 0)
    {
        var lines = Lines(text);
        if (lines.Length > 0)
        {
            var indent = new string(' ', 2 * Math.Clamp(depth, 0, 8));
            var tight = _afterItem && lines.Length <= LongestTightItem;
            AppendBody(indent + (marker.Length > 0 ? marker + " " : "") + lines, tight ? "\n" : "\n\n", isItem: true);
        }
    }

    /// <summary>Code or other text whose white space matters.</summary>
    public void Code(string code, string? language = null)
    {
        var clean = TextRules.Clean(code);
        if (clean.Count('\n') < LongestInlineCode)
        {
            AppendBody(clean, "\n\n", isItem: false);
            return;
        }

        Flush();
        var tags = new Dictionary<string, string> { [SectionTags.Kind] = SectionTags.KindCode };
        if (!string.IsNullOrWhiteSpace(language))
        {
            tags[SectionTags.Language] = language.Trim().ToLowerInvariant();
        }

        output.Write(clean, Trail, Page, tags);
    }

    /// <summary>A table by rows and cells; one of a single row or column is text.</summary>
    public void Table(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var filled = rows.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToList();
        if (filled.Count < 2 || filled.All(row => row.Count < 2))
        {
            filled.ForEach(row => Paragraph(RowBlocks.Line(row)));
            return;
        }

        Flush();
        var blocks = new RowBlocks(output, Trail, Page);
        filled.ForEach(blocks.Add);
        blocks.Finish();
    }

    /// <summary>A footnote or remark; it comes at the end of the section.</summary>
    public void Note(string text) => _notes.Add(Lines(text));

    /// <summary>Writes what is pending. Call it once at the end.</summary>
    public void Flush()
    {
        foreach (var note in _notes.Where(x => x.Length > 0))
        {
            Append(note, "\n\n");
        }

        output.Write(_text.ToString(), Trail, Page);
        _text.Clear();
        _notes.Clear();
        _onlyHeadings = true;
        _afterItem = false;
    }

    private void AppendBody(string text, string joint, bool isItem)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_text.Length > 0 && _text.Length + text.Length > LongestSection)
        {
            Flush();
        }

        Append(text, joint);
        _onlyHeadings = false;
        _afterItem = isItem;
    }

    private void Append(string text, string joint) => _text.Append(_text.Length == 0 ? "" : joint).Append(text);

    private static string Lines(string text) => text.Contains('\n', StringComparison.Ordinal)
        ? string.Join('\n', TextRules.Clean(text).Split('\n').Select(TextRules.Line).Where(x => x.Length > 0))
        : TextRules.Line(text);
}
