using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>
/// What the questions before lend to a question: their words, the older the less. "And for convenience?" finds the clause that the
/// question before it was about.
/// </summary>
internal static class FollowUp
{
    // The question before may itself lean on the one before it.
    private const int Questions = 3;
    private const double First = 0.4;

    // A question with more telling words than this stands by itself.
    private const int FewWords = 3;

    // What asks for more of the same tells nothing of what that is.
    private static readonly HashSet<string> Filling =
        new string[] { "more", "else", "also", "again", "further", "detail", "exactly", "mean", "sure", "and", "so", "then", "ok", "thanks" }
            .Select(PorterStemmer.Stem).ToHashSet(StringComparer.Ordinal);

    /// <summary>The questions before as words of a search.</summary>
    public static IReadOnlyList<QueryTerm> Background(Question question) =>
        [.. Lending(question).Where(x => !string.IsNullOrWhiteSpace(x.Text)).Select(x => new QueryTerm(x.Text, x.Share))];

    /// <summary>What a question asks as a text: with the question before where it has few words of its own.</summary>
    /// <param name="question">The question, and those before.</param>
    /// <param name="asked">Its text, or what of it asks.</param>
    /// <param name="analyzer">Makes the words.</param>
    public static string Text(Question question, string asked, TextAnalyzer analyzer) =>
        question.Earlier.Count > 0 && QuestionWords.Telling(asked, analyzer).Count <= FewWords ? $"{question.Earlier[^1].Question} {asked}" : asked;

    /// <summary>
    /// The words by which evidence is judged, each with its share: those of the question, and where they are few, those of the questions
    /// before. Distinct.
    /// </summary>
    /// <param name="question">The question, and those before.</param>
    /// <param name="asked">Its text, or what of it asks.</param>
    /// <param name="analyzer">Makes the words.</param>
    public static IReadOnlyDictionary<string, double> Words(Question question, string asked, TextAnalyzer analyzer)
    {
        var own = QuestionWords.Telling(asked, analyzer);
        if (question.Earlier.Count > 0 && own.Count <= FewWords)
        {
            own = [.. own.Where(word => !Filling.Contains(word))];
        }

        var shares = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in own)
        {
            shares[word] = 1;
        }

        if (own.Count <= FewWords)
        {
            foreach (var (text, share) in Lending(question))
            {
                foreach (var word in QuestionWords.Telling(text, analyzer))
                {
                    shares.TryAdd(word, share);
                }
            }
        }

        return shares.Count > 0 ? shares : QuestionWords.Of(asked, analyzer).ToDictionary(word => word, _ => 1.0, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Text, double Share)> Lending(Question question) =>
        question.Earlier.Reverse().Take(Questions).Select((turn, age) => (turn.Question, First / (1 << age)));
}
