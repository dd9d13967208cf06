using System.Numerics.Tensors;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Evaluation;
using Tessera.Training.Data;
using Tessera.Training.Ranking;

namespace Tessera.Training.Answers;

/// <summary>Fits the two sets of weights of a domain's file of answers: which sentence answers, then whether any does.</summary>
internal static class AnswersTrainer
{
    // A guessed question counts less than one that was asked.
    private const double GuessedWeight = 0.3;

    // So many of the answered questions may be refused: a refusal that is wrong costs an answer, a wrong answer shows its quotes.
    private const double WronglyRefused = 0.02;

    /// <summary>The file, and how well it tells answered questions from others on what it was fitted on.</summary>
    /// <exception cref="TrainingDataException">There is nothing to learn from.</exception>
    public static (AnswerModelFile File, double Auc) Fit(IReadOnlyList<AnswerExample> examples, CancellationToken cancellationToken)
    {
        var rankings = examples.Where(x => !x.Case.Guessed && x.Right.Contains(true) && x.Right.Contains(false)).ToList();
        if (rankings.Count == 0 || examples.All(x => x.Case.Holder is not null))
        {
            throw new TrainingDataException("Nothing was learned: no held-back question finds what answers it, or none is unanswered. More pairs are needed.");
        }

        var sentences = RankerTrainer.Fit([.. rankings.Select(x => new RankingExample([.. x.Candidates.Select(y => y.Features)], x.Right) { Named = false, Guessed = false })], neverAgainst: false, cancellationToken);
        var rows = examples
            .Select(x => (Features: EvidenceFeatures.Of(x.Candidates, x.Found, y => TensorPrimitives.Dot<float>(y.Features, sentences)), IsRight: x.Case.Holder is not null, Weight: x.Case.Guessed ? GuessedWeight : 1))
            .ToList();
        var answered = LogisticTrainer.Fit(rows, cancellationToken);
        var asked = rows.Where(x => x.Weight == 1).Select(x => (Strength: LogisticTrainer.LikelihoodOf(x.Features, answered), x.IsRight)).ToList();
        var likely = asked.Where(x => x.IsRight).Select(x => x.Strength).Order().ToList();
        return (
            new AnswerModelFile(ByName(SentenceFeatures.Names, sentences), ByName([.. EvidenceFeatures.Names, AnswerModelFile.Bias], answered), Math.Round(likely[(int)(likely.Count * WronglyRefused)], 4)),
            RefusalCurve.Area(asked) ?? 0);
    }

    private static Dictionary<string, float> ByName(IReadOnlyList<string> names, float[] weights) => names.Zip(weights).ToDictionary(x => x.First, x => x.Second);
}
