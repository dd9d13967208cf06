using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Tessera.Reader.Formats;

/// <summary>
/// Reads Markdown into an outline. Markdig finds the blocks; marks inside of lines are taken off by <see cref="MarkdownLine"/>,
/// because finding them by the full rules costs time beyond measure on hostile text.
/// </summary>
internal sealed class MarkdownText(Outline outline, CancellationToken cancellationToken)
{
    private const int LongestFrontMatter = 20_000;

    private static readonly MarkdownPipeline Blocks = BlocksOnly();

    public void Read(string markdown)
    {
        var text = ReadFrontMatter(markdown.ReplaceLineEndings("\n"));
        foreach (var piece in MarkdownPieces.Of(text))
        {
            ReadPiece(piece);
        }
    }

    private void ReadPiece(string text)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(text, Blocks);
        }
        catch (ArgumentException)
        {
            // Markdig's word for "nested too deeply": the text is shown as it is.
            outline.Code(text);
            return;
        }

        Write(document, 0);
    }

    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    private void Write(ContainerBlock blocks, int lists)
    {
        foreach (var block in blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (block)
            {
                case HeadingBlock heading:
                    outline.Heading(heading.Level, MarkdownLine.Plain(Raw(heading)));
                    break;
                case ParagraphBlock paragraph:
                    WriteParagraph(Raw(paragraph));
                    break;
                case FencedCodeBlock code:
                    outline.Code(Raw(code), code.Info is { Length: > 0 } info ? info.Trim('{', '.', '}') : null);
                    break;
                case CodeBlock code:
                    outline.Code(Raw(code));
                    break;
                case HtmlBlock html:
                    new HtmlText(outline, cancellationToken).Read(Raw(html));
                    break;
                case ListBlock list:
                    WriteList(list, lists);
                    break;
                case LinkReferenceDefinitionGroup definitions:
                    WriteFootnotes(definitions);
                    break;
                case ContainerBlock container:
                    Write(container, lists);
                    break;
                default:
                    break;
            }
        }
    }

    private void WriteList(ListBlock list, int lists)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var marker = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}.") : "-";
            if (item.FirstOrDefault() is ParagraphBlock first)
            {
                outline.Item(Running(Raw(first)), marker, lists);
                item.RemoveAt(0);
            }

            Write(item, lists + 1);
        }
    }

    private void WriteParagraph(string raw)
    {
        var lines = raw.Split('\n');
        if (lines.Length > 1 && IsTableRule(lines[1]))
        {
            outline.Table([.. lines.Where((_, i) => i != 1).Select(Cells)]);
        }
        else
        {
            outline.Paragraph(Running(raw));
        }
    }

    /// <summary>Running text: a newline is a blank unless two blanks or a backslash before it make it a break.</summary>
    private static string Running(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var line in raw.Split('\n'))
        {
            var isBreak = line.EndsWith("  ", StringComparison.Ordinal) || line.EndsWith('\\');
            text.Append(line.AsSpan().TrimEnd("\\ ")).Append(isBreak ? '\n' : ' ');
        }

        return MarkdownLine.Plain(text.ToString());
    }

    /// <summary>A footnote of one word has the form of a link's address.</summary>
    private void WriteFootnotes(LinkReferenceDefinitionGroup definitions)
    {
        foreach (var note in definitions.OfType<LinkReferenceDefinition>().Where(x => x.Label is ['^', ..]))
        {
            outline.Note($"[{note.Label}]: {note.Url} {note.Title}");
        }
    }

    private static bool IsTableRule(string line) =>
        line.Contains('|', StringComparison.Ordinal) && line.Contains('-', StringComparison.Ordinal) && line.All(x => x is '|' or '-' or ':' or ' ' or '\t');

    private static List<string> Cells(string line)
    {
        var row = line.Trim();
        var inner = row[(row.StartsWith('|') ? 1 : 0)..];
        inner = inner.EndsWith('|') && !inner.EndsWith("\\|", StringComparison.Ordinal) ? inner[..^1] : inner;
        return [.. inner.Replace("\\|", "\uFFFF", StringComparison.Ordinal).Split('|')
            .Select(cell => MarkdownLine.Plain(cell.Replace('\uFFFF', '|')))];
    }

    /// <summary>Key–value lines that stand before the text: the title is its heading, the others are a paragraph.</summary>
    private string ReadFrontMatter(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return text;
        }

        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        end = end < 0 ? text.IndexOf("\n...\n", 3, StringComparison.Ordinal) : end;
        if (end is < 0 or > LongestFrontMatter)
        {
            return text;
        }

        var lines = text[4..Math.Max(4, end)].Split('\n');
        var title = Array.FindIndex(lines, x => x.StartsWith("title:", StringComparison.OrdinalIgnoreCase));
        if (title >= 0)
        {
            outline.Heading(0, lines[title]["title:".Length..].Trim(' ', '"', '\''));
            lines[title] = "";
        }

        outline.Paragraph(string.Join('\n', lines));
        return text[(end + 5)..];
    }

    /// <summary>A block's text as written. Without inline parsers Markdig has put each line into one literal.</summary>
    private static string Raw(LeafBlock block) => block.Inline is null
        ? block.Lines.ToString()
        : string.Concat(block.Inline.Select(x => x is LiteralInline literal ? literal.Content.ToString() : "\n"));
}
