using Tessera.Rag.Retrieval.Analysis;
using Tessera.Training.Data;

namespace Tessera.Training.Answers;

/// <summary>
/// Documents of held-back lines, with questions that they answer and questions that they do not: of a document with a text those that were asked of
/// others and not of it; of pairs those whose answer is left out.
/// </summary>
internal sealed class AnswerWorld
{
    // Of each document with a text so many questions that it does not answer: about as many as it does.
    private const int MostAbsent = 8;
    private const int MostPairs = 3000;

    // Every so manieth pair is asked, and its answer is not there.
    private const int LeftOut = 3;

    private readonly List<(string Title, string Text)> _documents = [];
    private readonly List<AnswerCase> _cases = [];

    /// <summary>Each document's title and text; its number is its place.</summary>
    public IReadOnlyList<(string Title, string Text)> Documents => _documents;

    /// <summary>The questions.</summary>
    public IReadOnlyList<AnswerCase> Cases => _cases;

    /// <summary>Makes a world of the lines that are held back.</summary>
    /// <param name="lines">All lines, each in its own words.</param>
    /// <param name="wordings">Other words for their questions.</param>
    /// <param name="isHeldBack">Whether the models below never saw a line.</param>
    public static AnswerWorld Of(IReadOnlyCollection<TrainingLine> lines, Wordings wordings, Func<TrainingLine, bool> isHeldBack)
    {
        var world = new AnswerWorld();
        var places = new Dictionary<string, int>();
        foreach (var line in lines.Where(x => x.Kind == "text" && isHeldBack(x) && places.TryAdd(x.Title, places.Count)))
        {
            world._documents.Add((line.Title, line.Text));
        }

        var asked = lines.Where(x => x.Kind != "text").ToLookup(x => x.Evidence.Count > 0 && places.ContainsKey(x.Title));
        var all = asked[true].Select(x => Wording(x.Question)).Distinct().ToList();
        foreach (var questions in asked[true].GroupBy(x => x.Title))
        {
            var document = places[questions.Key];
            foreach (var line in questions)
            {
                var spans = line.Evidence.SelectMany(x => Find(world._documents[document].Text, x)).ToList();
                if (spans.Count == 0)
                {
                    continue;
                }

                world.Add([.. wordings.Apply([line]).Where(isHeldBack)], document, document, spans);
            }

            foreach (var line in Absent([.. questions], all).OrderBy(x => Term.KeyOf(x.Question)).Take(MostAbsent))
            {
                world.Add([.. wordings.Apply([line]).Where(isHeldBack)], document, null, []);
            }
        }

        foreach (var line in asked[false].Where(isHeldBack).OrderBy(x => Term.KeyOf(x.Question)).Take(MostPairs))
        {
            world.AddPair(line);
        }

        foreach (var place in Enumerable.Range(0, places.Count))
        {
            world._cases.AddRange(GuessedQuestions.Of(world._documents, place));
        }

        return world;
    }

    // What is asked of other documents and not of this one; as lines, so that they get other words too.
    private static IEnumerable<TrainingLine> Absent(List<TrainingLine> lines, IEnumerable<string> wordings)
    {
        var first = lines[0].Question;
        var name = first[..NamingPart.LengthIn(first)];
        return wordings.Except(lines.Select(x => Wording(x.Question))).Select(x => lines[0] with { Question = name + x, Evidence = [] });
    }

    // Once of all documents in its own words, and once of its own document, half of these in other words. Who looks into one may name it or not.
    private void Add(List<TrainingLine> asked, int document, int? holder, IReadOnlyList<(int Start, int End)> spans)
    {
        if (asked.Count == 0)
        {
            return;
        }

        var key = Term.KeyOf(asked[0].Question);
        var (anywhere, here) = (asked[0].Question, asked[key % 2 == 0 ? ^1 : 0].Question);
        _cases.Add(new AnswerCase(anywhere, null, holder, spans));
        _cases.Add(new AnswerCase(key % 4 < 2 ? here : Wording(here), document, holder, spans));
    }

    private void AddPair(TrainingLine line)
    {
        var isThere = Term.KeyOf(line.Passage) % LeftOut != 0;
        _cases.Add(new AnswerCase(line.Question, null, isThere ? _documents.Count : null, isThere ? [(0, line.Passage.Length)] : []));
        if (isThere)
        {
            _documents.Add((line.Title, line.Passage));
        }
    }

    private static string Wording(string question) => NamingPart.Without(question).ToString();

    private static IEnumerable<(int Start, int End)> Find(string text, string part)
    {
        for (var at = 0; part.Length > 0 && (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
        {
            yield return (at, at + part.Length);
        }
    }
}
