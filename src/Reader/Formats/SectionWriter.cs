using System.Text;
using Tessera.Sdk;

namespace Tessera.Reader.Formats;

/// <summary>Takes what a format reads, in order, and makes sections of it with their offsets.</summary>
internal sealed class SectionWriter(Action<Section> send, long maximumCharacters)
{
    /// <summary>Longer trails keep their inner end: thousands of headings under each other are no headings.</summary>
    public const int LongestPath = 2_000;

    private int _next;

    /// <summary>How many sections were written.</summary>
    public int Count { get; private set; }

    /// <summary>Pages, slides or sheets of the file, where the format has them.</summary>
    public int? Pages { get; set; }

    /// <summary>To be called before each page that takes long by its nature, such as recognition of an image: it is granted more time.</summary>
    public Action SlowPage { get; init; } = () => { };

    /// <summary>
    /// Cleans the text (newlines to <c>\n</c>, NUL and other control characters dropped, lone surrogates to U+FFFD,
    /// blank lines at both ends trimmed) and sends it as one section; text of white space only is dropped.
    /// </summary>
    /// <param name="text">The text as read.</param>
    /// <param name="trail">Headings, outermost first; blank ones are dropped.</param>
    /// <param name="page">1-based page.</param>
    /// <param name="tags">See <see cref="SectionTags"/>.</param>
    /// <exception cref="UnreadableException">The document's text grows over the limit.</exception>
    public void Write(
        string text, IEnumerable<string>? trail = null, int? page = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        var clean = TextRules.Clean(text);
        if (clean.Length == 0)
        {
            return;
        }

        var start = Count == 0 ? 0 : _next + Section.Joint.Length;
        if (start + (long)clean.Length > maximumCharacters)
        {
            throw new UnreadableException(
                "too-large", $"The text is longer than {maximumCharacters:N0} characters. Split the document and upload its parts.");
        }

        var path = trail is null ? "" : string.Join(Section.Separator, trail.Select(TextRules.Line).Where(x => x.Length > 0));
        path = path.Length <= LongestPath ? path : TextRules.Line(path[^LongestPath..]);
        send(new Section(clean, path, page, start) { Tags = tags ?? SectionTags.None });
        _next = start + clean.Length;
        Count++;
    }
}
