using System.Text.RegularExpressions;

namespace Tessera.Reader.Pdf;

/// <summary>
/// Joins words that are split at a line's end, where the document itself shows that it is one word: the joined form stands
/// elsewhere, the hyphenated does not.
/// </summary>
internal sealed class Hyphens
{
    private static readonly Regex Word = new(@"\p{L}+(-\p{L}+)*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Tail = new(@"\p{L}+[-\u00AD]$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Head = new(@"^\p{Ll}+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    public Hyphens(IEnumerable<PdfLine> lines)
    {
        foreach (Match word in lines.SelectMany(x => Word.Matches(x.Text)))
        {
            _words.Add(word.Value);
        }
    }

    /// <summary>The two lines, with the word that was split on the first. Unchanged where it is not sure that it was one word.</summary>
    public (string First, string Second) Join(string first, string second)
    {
        var tail = Tail.Match(first);
        var head = Head.Match(second);
        if (!tail.Success || !head.Success)
        {
            return (first, second);
        }

        var stem = tail.Value[..^1];
        var isOne = tail.Value[^1] == '\u00AD' || (_words.Contains(stem + head.Value) && !_words.Contains($"{stem}-{head.Value}"));
        return isOne ? (first[..^1] + head.Value, second[head.Length..].TrimStart()) : (first, second);
    }
}
