using System.Text.RegularExpressions;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// The title of a document where a question says it: in "What is the outlook for arachnoid cysts?" all passages of one leaflet say the name, and the
/// one that answers need not.
/// </summary>
internal static partial class NamedTitle
{
    // A document of which one passage was found has no title that is told from the passage's own heading.
    private const int FewestPassages = 2;

    /// <summary>
    /// The question without the title that it says: the headings that all found passages of a document share. Null where it says none, names its
    /// document in a part of its own, or asks nothing else.
    /// </summary>
    public static string? Without(string question, IReadOnlyList<Candidate> candidates, TextAnalyzer analyzer)
    {
        if (NamingPart.LengthIn(question) > 0 || !candidates.Any(x => x.Signals.TitleCovered > RankFeatures.Said))
        {
            return null;
        }

        var said = analyzer.Terms(question).ToHashSet(StringComparer.Ordinal);
        var titles = candidates.GroupBy(x => x.Chunk.Document)
            .Where(x => x.Count() >= FewestPassages && x.Any(candidate => candidate.Signals.TitleCovered > RankFeatures.Said))
            .Select(x => Shared(x.Select(candidate => candidate.Chunk.Path), analyzer))
            .Where(title => title.Count > 0 && title.Count(said.Contains) > RankFeatures.Said * title.Count)
            .ToList();
        return titles.Count == 0 ? null : Without(question, titles.MaxBy(title => title.Count)!, analyzer);
    }

    /// <summary>A question without the words of a title; null where nothing else is asked, or all of it is.</summary>
    public static string? Without(string question, string title, TextAnalyzer analyzer) =>
        Without(question, analyzer.Terms(title).ToHashSet(StringComparer.Ordinal), analyzer);

    private static string? Without(string question, IReadOnlySet<string> title, TextAnalyzer analyzer)
    {
        var rest = Piece().Replace(question, piece => analyzer.Terms(piece.ValueSpan) is { Count: > 0 } words && words.All(title.Contains) ? "" : piece.Value).Trim();
        return rest.Length == question.Length || !rest.Any(char.IsLetter) ? null : rest;
    }

    private static HashSet<string> Shared(IEnumerable<string> paths, TextAnalyzer analyzer) => paths.Distinct()
        .Select(path => analyzer.Terms(path).ToHashSet(StringComparer.Ordinal))
        .Aggregate((shared, other) =>
        {
            shared.IntersectWith(other);
            return shared;
        });

    [GeneratedRegex(@"\S+\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Piece();
}
