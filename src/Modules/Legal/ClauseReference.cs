using System.Text.RegularExpressions;

namespace Tessera.Modules.Legal;

/// <summary>A text's mention of a clause of its own document.</summary>
/// <param name="Words">As they stand: <c>Section 5.2(b)</c>.</param>
/// <param name="Kind">Which list of clauses it points into.</param>
/// <param name="Number">Number with its letters, lower case: <c>5.2(b)</c>, <c>iv</c>; of a schedule with its kind: <c>exhibit a</c>.</param>
internal sealed partial record ClauseReference(string Words, ClauseKind Kind, string Number)
{
    /// <summary>The mentions in a text. One of another document ("Section 5 of the Act") is none.</summary>
    public static IEnumerable<ClauseReference> In(string text)
    {
        foreach (Match match in Mentions().Matches(text))
        {
            var behind = text.AsSpan(match.Index + match.Length);
            if ((behind.Length == 0 || !char.IsLetterOrDigit(behind[0])) && !IsForeign(behind))
            {
                yield return Of(match.Value, match.Groups["word"].Value, match.Groups["number"].Value);
            }
        }
    }

    /// <summary>What a heading's label is called when it is referred to; null: it is not, by itself.</summary>
    public static (ClauseKind Kind, string Number)? Named(string label)
    {
        var blank = label.LastIndexOf(' ');
        return label.Length == 0 || label[0] == '(' ? null
            : blank < 0 ? (ClauseKind.Clause, label.ToLowerInvariant())
            : Of(label, label[..blank], label[(blank + 1)..]) is var named ? (named.Kind, named.Number) : null;
    }

    private static ClauseReference Of(string words, string word, string number)
    {
        var kind = word.ToLowerInvariant();
        return kind[0] switch
        {
            's' when kind.StartsWith("schedule", StringComparison.Ordinal) => Schedule("schedule"),
            'e' => Schedule("exhibit"),
            'a' when kind.StartsWith("annex", StringComparison.Ordinal) => Schedule("annex"),
            'a' when kind.StartsWith("appendi", StringComparison.Ordinal) => Schedule("appendix"),
            'a' when kind.StartsWith("attachment", StringComparison.Ordinal) => Schedule("attachment"),
            'a' => new ClauseReference(words, ClauseKind.Article, number.ToLowerInvariant()),
            _ => new ClauseReference(words, ClauseKind.Clause, number.ToLowerInvariant()),
        };

        ClauseReference Schedule(string name) => new(words, ClauseKind.Schedule, $"{name} {number.ToLowerInvariant()}");
    }

    // "of the Securities Act", but "of this Agreement".
    private static bool IsForeign(ReadOnlySpan<char> behind)
    {
        behind = behind.TrimStart();
        return behind.StartsWith("of ", StringComparison.Ordinal)
            && !behind.StartsWith("of this ", StringComparison.Ordinal) && !behind.StartsWith("of the Agreement", StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"(?<word>\b(?:[Ss]ections?|[Cc]lauses?|[Aa]rticles?|[Pp]aragraphs?|Schedules?|Exhibits?|Annex|Annexes|Appendix|Appendices|Attachments?)|§) (?<number>\d{1,3}(?:\.\d{1,3})*(?:\([a-z0-9]{1,5}\))*|[IVXL]{1,6}|[A-Z])",
        RegexOptions.NonBacktracking)]
    private static partial Regex Mentions();
}

/// <summary>The lists of clauses that a document may have.</summary>
internal enum ClauseKind
{
    /// <summary>Sections, clauses, paragraphs: numbers.</summary>
    Clause,

    /// <summary>Articles.</summary>
    Article,

    /// <summary>Schedules, exhibits, annexes.</summary>
    Schedule,
}
