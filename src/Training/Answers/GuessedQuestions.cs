using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;
using Tessera.Training.Embedding;

namespace Tessera.Training.Answers;

/// <summary>
/// Words of a sentence, some of others among them, stand for a question: asked of the document that has the sentence, or of another one. Questions of
/// a file are worded alike; these keep what is learned from trusting their wording alone.
/// </summary>
internal static class GuessedQuestions
{
    private const int OfDocument = 10;
    private const int Shortest = 60;
    private const int Longest = 300;
    private const int FewestWords = 2;
    private const int MostWords = 5;
    private const int MostStrange = 3;

    /// <summary>As many that the document answers as that it does not; always the same of the same documents.</summary>
    public static IEnumerable<AnswerCase> Of(IReadOnlyList<(string Title, string Text)> documents, int place)
    {
        var random = new SplitMix((ulong)place + 1);
        var own = Sentences(documents[place].Text);
        for (var i = 0; i < OfDocument && documents.Count > 1; i++)
        {
            var other = (place + 1 + random.Below(documents.Count - 1)) % documents.Count;
            var strange = Sentences(documents[other].Text);
            if (own.Count == 0 || strange.Count == 0)
            {
                continue;
            }

            var (mine, theirs) = (own[random.Below(own.Count)], strange[random.Below(strange.Count)]);
            var isThere = i % 2 == 0;
            var asked = isThere ? Words(documents[place].Text, mine) : Words(documents[other].Text, theirs);
            var added = isThere ? Words(documents[other].Text, theirs) : Words(documents[place].Text, mine);
            random.Shuffle<string>(asked);
            random.Shuffle<string>(added);
            var most = FewestWords + random.Below(MostWords - FewestWords + 1);
            var question = string.Join(' ', [.. asked.Take(most), .. added.Take(random.Below(MostStrange + 1))]);
            yield return new AnswerCase(question, place, isThere ? place : null, isThere ? [(mine.Start, mine.End)] : []) { Guessed = true };
        }
    }

    private static List<TextSpan> Sentences(string text) => [.. SentenceSplitter.Split(text).Where(x => x.Length is > Shortest and < Longest)];

    private static string[] Words(string text, TextSpan span)
    {
        var terms = new List<Term>();
        TextAnalyzer.For(TextAnalysis.Prose).Analyze(text.AsSpan(span.Start, span.Length), terms);
        return [.. terms.Select(x => x.Word).Distinct()];
    }
}
