using System.Globalization;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Reranking;

/// <summary>Has a cross-encoder order the first passages of a search. One that fails, or is slow, leaves the order as it is.</summary>
/// <param name="clock">Measures the time that it may take.</param>
internal sealed class Reranker(TimeProvider clock)
{
    /// <summary>So many passages are read: each costs as much as a few hundred tokens of a prompt.</summary>
    public const int Depth = 20;

    /// <summary>
    /// The passages in their new order. Scores are those of the old order, place by place, so that they stay comparable with those behind; what the model
    /// said stands beside.
    /// </summary>
    public async Task<(IReadOnlyList<Candidate> Passages, RerankingOutcome Outcome)> OrderAsync(
        PassageScorer scorer, string question, IReadOnlyList<Candidate> passages, CancellationToken cancellationToken)
    {
        var read = passages.Take(Depth).ToList();
        var started = clock.GetTimestamp();
        var (scores, problem) = await ScoreAsync(scorer, question, read, cancellationToken).ConfigureAwait(false);
        var outcome = new RerankingOutcome(scorer.Model, read.Count, clock.GetElapsedTime(started), problem);
        if (scores is null)
        {
            return (passages, outcome);
        }

        var ordered = read.Zip(scores, (passage, score) => passage with { Reread = score }).OrderByDescending(x => x.Reread)
            .Zip(read, (passage, old) => passage with { Score = old.Score });
        return ([.. ordered, .. passages.Skip(Depth)], outcome);
    }

    private async Task<(IReadOnlyList<double>? Scores, string? Problem)> ScoreAsync(
        PassageScorer scorer, string question, List<Candidate> passages, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(scorer.Budget, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A model that does not look at its token must not hold the search.
            var scores = await scorer.Score(NamingPart.Without(question).ToString(), passages.ConvertAll(TextOf), either.Token)
                .WaitAsync(either.Token).ConfigureAwait(false);
            return scores.Count != passages.Count ? (null, $"it gave {scores.Count.ToString(CultureInfo.InvariantCulture)} scores of {passages.Count.ToString(CultureInfo.InvariantCulture)} passages")
                : scores.All(double.IsFinite) ? (scores, null)
                : (null, "it gave a score that is no number");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"it took longer than {scorer.Budget.TotalSeconds:0.##} s"));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return (null, "it could not be run");
        }
    }

    private static string TextOf(Candidate passage) =>
        passage.Chunk.Path.Length == 0 ? passage.Chunk.Text : $"{passage.Chunk.Path}\n{passage.Chunk.Text}";
}
