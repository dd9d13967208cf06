using System.Numerics.Tensors;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Scores the sentences of the found passages by what the domain learned, else by weights set by hand.</summary>
internal static class SentenceRanking
{
    /// <summary>Passages that are cut into sentences.</summary>
    public const int Passages = 10;

    /// <summary>Every sentence of the best passages, in the order of passages and text.</summary>
    public static async Task<IReadOnlyList<Candidate>> RankAsync(
        Evidence evidence, IReadOnlyList<Found> found, DomainRoles roles, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>();
        foreach (var (rank, passage) in found.Take(Passages).Index())
        {
            var sentences = Sentence.Cut(passage.Chunk, evidence, roles.Profile.Analysis);
            var rows = SentenceFeatures.Of(sentences, passage.Chunk, rank, passage.Score / found[0].Score, evidence);
            candidates.AddRange(sentences.Select((sentence, place) => new Candidate(
                passage.Chunk, rank, place, sentence.Span, evidence.Covered([.. sentence.Words, .. sentence.Heading]), 0) { Features = rows[place] }));
        }

        var model = roles.Models.Answers ?? AnswerModel.HandSet;
        if (model.NeedsVectors && candidates.Count > 0)
        {
            await CompareAsync(evidence.Asked, candidates, roles, cancellationToken).ConfigureAwait(false);
        }

        var scores = candidates.ConvertAll(model.ScoreOf);
        var best = scores.Count > 0 ? scores.Max() : 0;
        return [.. candidates.Zip(scores, (candidate, score) => candidate with { Score = double.IsFinite(score) ? Math.Exp(score - best) : 0 })];
    }

    private static async Task CompareAsync(string asked, List<Candidate> candidates, DomainRoles roles, CancellationToken cancellationToken)
    {
        // The domain's own embedder, whatever the tenant searches by: the weights were fitted on its vectors, and it is quick.
        var embedder = roles.Models.Embedder ?? throw new InvalidOperationException($"Domain '{roles.Profile.Id}' weighs vectors and has no embedder.");
        var vectors = await embedder.Generator.GenerateAsync([asked, .. candidates.Select(x => x.Text)], cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (var (candidate, vector) in candidates.Zip(vectors.Skip(1)))
        {
            // A text of no known word has no direction.
            var likeness = TensorPrimitives.CosineSimilarity(vectors[0].Vector.Span, vector.Vector.Span);
            candidate.Features[SentenceFeatures.Vector] = float.IsFinite(likeness) ? likeness : 0;
        }
    }
}
