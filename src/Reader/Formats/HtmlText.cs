using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// Reads HTML into an outline by its tokens: time and memory grow with its length only, whatever is unclosed or nested.
/// Scripts, styles, navigation, controls and what is marked hidden are left out.
/// </summary>
internal sealed class HtmlText(Outline outline, CancellationToken cancellationToken)
{
    private readonly StringBuilder _text = new();
    private readonly HtmlLists _lists = new();
    private readonly HtmlTables _tables = new(outline);
    private string _title = "";
    private bool _titleKnown;
    private int _heading;
    private int _preformatted;
    private string? _skipped;
    private int _skippedDepth;

    /// <summary>Reads a page or a piece of one.</summary>
    /// <param name="html">The source.</param>
    /// <param name="useTitle">Whether the page's title stands above its headings.</param>
    public void Read(string html, bool useTitle = false)
    {
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            SkipProcessingInstructions = true,
            ShouldEmitAttribute = (ref _, name) => name.Length <= 6,
        };
        var inTitle = false;
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (token is HtmlTagToken tag)
            {
                if (tag.Type == HtmlTokenType.StartTag)
                {
                    tokens.State = HtmlElements.ContentOf(tag.Name);
                }

                inTitle = tag.Name == "title" && tag.Type == HtmlTokenType.StartTag && _skipped is null;
                Take(tag);
            }
            else if (token.Type == HtmlTokenType.Character && inTitle)
            {
                (_title, _titleKnown) = useTitle && !_titleKnown ? (TextRules.Line(token.Data), true) : (_title, true);
            }
            else if (token.Type == HtmlTokenType.Character && _skipped is null)
            {
                _text.Append(token.Data);
            }
        }

        EndBlock();
        _tables.EndAll();
        WriteTitle(null);
    }

    private void Take(HtmlTagToken tag)
    {
        var isStart = tag.Type == HtmlTokenType.StartTag;
        if (_skipped is not null)
        {
            _skippedDepth += tag.Name != _skipped ? 0 : isStart ? 1 : -1;
            _skipped = _skippedDepth == 0 ? null : _skipped;
        }
        else if (isStart && HtmlElements.IsSkipped(tag) && !tag.IsSelfClosing)
        {
            (_skipped, _skippedDepth) = (tag.Name, 1);
        }
        else if (HtmlElements.HeadingLevel(tag.Name) is > 0 and var level)
        {
            EndBlock();
            _heading = isStart ? level : 0;
        }
        else if (HtmlElements.IsBlock(tag.Name))
        {
            TakeBlock(tag.Name, isStart, tag);
        }
        else if (isStart)
        {
            _text.Append(tag.Name switch { "br" => "\u2028", "img" => $" {tag.GetAttribute("alt")} ", "wbr" => "", _ => "" });
        }
    }

    private void TakeBlock(string name, bool isStart, HtmlTagToken tag)
    {
        EndBlock();
        switch (name)
        {
            case "pre" or "listing" or "xmp" or "plaintext":
                _preformatted = isStart ? _preformatted + 1 : Math.Max(0, _preformatted - 1);
                break;
            case "ul" or "ol" or "menu" or "dir":
                _lists.Take(name == "ol", isStart, tag.GetAttribute("start"));
                break;
            case "li" when isStart:
                _lists.StartItem();
                break;
            case "li":
                _lists.EndItem();
                break;
            case "table" when isStart:
                WriteTitle(null);
                _tables.Start(tag.GetAttribute("role") is "presentation" or "none");
                break;
            case "table" or "tr" or "td" or "th" or "caption":
                _tables.Take(name, isStart);
                break;
            default:
                break;
        }
    }

    /// <summary>Ends the running paragraph, heading or item and hands it on.</summary>
    private void EndBlock()
    {
        if (_text.Length == 0)
        {
            return;
        }

        var raw = _text.ToString();
        _text.Clear();
        if (string.IsNullOrWhiteSpace(raw))
        {
            return;
        }

        if (_preformatted > 0 && !_tables.IsInCell)
        {
            WriteTitle(null);
            outline.Code(raw.TrimStart('\n', '\r'));
            return;
        }

        // In running text a newline is a blank; the line separator stands for <br> until here.
        var text = string.Join('\n', raw.Split('\u2028').Select(TextRules.Line));
        if (_heading > 0)
        {
            _tables.BecomeLayout();
            WriteTitle(text);
            outline.Heading(_heading, text);
            _heading = 0;
            return;
        }

        WriteTitle(null);
        if (!_tables.TryTake(text))
        {
            _lists.Write(outline, text);
        }
    }

    /// <summary>The page's title comes before its first text, unless the first heading says the same.</summary>
    private void WriteTitle(string? heading)
    {
        if (_title.Length > 0 && !(heading is not null && _title.Contains(TextRules.Line(heading), StringComparison.OrdinalIgnoreCase)))
        {
            outline.Heading(0, _title);
        }

        // A title element behind text is none of the page's.
        (_title, _titleKnown) = ("", true);
    }
}
