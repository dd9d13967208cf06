using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Adapting;

/// <summary>A heading as somebody would ask for what stands below it.</summary>
internal static class Heading
{
    // A word that says something, not a number or a letter that counts clauses.
    private const int ShortestWord = 4;

    /// <summary>Without numbers and marks before its first word, and without stops behind its last: <c>5.2 Term.</c> → <c>Term</c>.</summary>
    public static string Clean(string heading)
    {
        var words = heading.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(' ', words.SkipWhile(word => !word.Any(char.IsLetter))).TrimEnd('.', ':', ';', ',', ' ');
    }

    /// <summary>Equal for headings that ask the same; empty where a heading asks nothing.</summary>
    public static string KeyOf(string heading, TextAnalyzer analyzer)
    {
        var terms = analyzer.Terms(heading);
        return terms.Any(term => term.Length >= ShortestWord && term.All(char.IsLetter)) ? string.Join(' ', terms) : "";
    }

    /// <summary>A name of a document as its title; empty where it is more a number than words.</summary>
    public static string OfName(string name)
    {
        var title = Clean(Path.GetFileNameWithoutExtension(name).Replace('_', ' ').Replace('-', ' '));
        return title.Split(' ').Count(word => word.Length >= ShortestWord && word.All(char.IsLetter)) > 1 ? title : "";
    }

    /// <summary>A text without a heading where a line begins with it: who is asked for what stands below a heading must not find the heading.</summary>
    public static string Without(string text, string heading)
    {
        for (var line = 0; line < text.Length;)
        {
            var newline = text.IndexOf('\n', line);
            var end = newline < 0 ? text.Length : newline;
            var first = line;
            while (first < end && !char.IsLetter(text[first]))
            {
                first++;
            }

            var behind = first + heading.Length;
            if (behind <= end && string.Compare(text, first, heading, 0, heading.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (behind == end || !char.IsLetterOrDigit(text[behind])))
            {
                var rest = behind;
                while (rest < end && !char.IsLetterOrDigit(text[rest]))
                {
                    rest++;
                }

                text = text.Remove(line, Math.Min(rest == end ? end + 1 : rest, text.Length) - line);
                continue;
            }

            line = end + 1;
        }

        return text;
    }
}
