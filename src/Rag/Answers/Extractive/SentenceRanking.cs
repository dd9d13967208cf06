using System.Numerics.Tensors;
using Tessera.Sdk;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Scores the sentences of the found passages by what the domain learned, else by weights set by hand.</summary>
internal static class SentenceRanking
{
    /// <summary>Passages that are cut into sentences.</summary>
    public const int Passages = 10;

    // Whose sections are read too.
    private const int Sections = 3;

    /// <summary>Every sentence of the best passages, and of the sections around the best of these, in the order of passages and text.</summary>
    public static async Task<IReadOnlyList<Candidate>> RankAsync(
        Evidence evidence, IReadOnlyList<Found> found, DomainRoles roles, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>();
        foreach (var (rank, passage) in found.Take(Passages).Index())
        {
            Add(passage.Chunk, rank, rank);
        }

        // The search did not find them: they count as the last passage does. As their neighbours do, they took the place of what answers (cuad .710 -> .702).
        var known = found.Select(x => x.Chunk).ToHashSet();
        var behind = candidates.Count > 0 ? candidates[^1].Rank : 0;
        foreach (var neighbour in found.Take(Sections).SelectMany(x => x.Section).Where(known.Add))
        {
            Add(neighbour, ++behind, found.Count - 1);
        }

        var model = roles.Models.Answers ?? AnswerModel.HandSet;
        if (model.NeedsVectors && candidates.Count > 0)
        {
            await CompareAsync(evidence.Asked, candidates, roles, cancellationToken).ConfigureAwait(false);
        }

        var scores = candidates.ConvertAll(model.ScoreOf);
        var best = scores.Count > 0 ? scores.Max() : 0;
        return [.. candidates.Zip(scores, (candidate, score) => candidate with { Score = double.IsFinite(score) ? Math.Exp(score - best) : 0 })];

        void Add(Chunk chunk, int rank, int foundAt)
        {
            var sentences = Sentence.Cut(chunk, evidence, roles.Profile.Analysis);
            var rows = SentenceFeatures.Of(sentences, chunk, foundAt, found[foundAt].Score / found[0].Score, evidence);
            candidates.AddRange(sentences.Select((sentence, place) => new Candidate(
                chunk, rank, place, sentence.Span, evidence.Covered([.. sentence.Words, .. sentence.Heading]), 0) { Features = rows[place] }));
        }
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
