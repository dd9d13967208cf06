using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Training.Ranking;

/// <summary>Asks a world's questions of a scratch store, by the search that the product runs.</summary>
internal static class RankingBench
{
    private const int Candidates = 100;

    /// <summary>An example for each question that finds something right and something wrong.</summary>
    public static async Task<IReadOnlyList<RankingExample>> RunAsync(
        RankingWorld world, DomainProfile profile, DomainModels models, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-ranker-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(folder);
            var embedder = models.Embedder;
            var store = stores.Open(new TenantId(Guid.Empty), profile, embedder?.Model);
            var documents = await WriteAsync(store, world, embedder, cancellationToken).ConfigureAwait(false);
            var analyzer = TextAnalyzer.For(profile.Analysis);
            var (cases, examples) = (world.Cases.ToList(), new List<RankingExample>());
            foreach (var (number, question) in cases.Index())
            {
                progress.Report((double)number / cases.Count);
                var request = await CandidateSearch.RequestAsync(question.Question, Candidates, models.Translation, embedder?.Generator, cancellationToken).ConfigureAwait(false) with
                {
                    Filter = question.Within is { } only ? new SearchFilter { Documents = [documents[only]] } : null,
                };
                var (_, found) = await CandidateSearch.RunAsync(store, request, embedder?.Generator, analyzer, cancellationToken).ConfigureAwait(false);
                bool[] right = [.. found.Select(x => question.Answers(x.Chunk.Text))];
                if (right.Contains(true) && right.Contains(false))
                {
                    examples.Add(new RankingExample(RankFeatures.Of(found), right) { Named = Ranker.IsNamed(question.Question, found), Guessed = question.Guessed });
                }
            }

            return examples;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<string, DocumentId>> WriteAsync(
        IChunkStore store, RankingWorld world, DomainEmbedder? embedder, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, DocumentId>();
        foreach (var (number, (key, title, passages)) in world.Documents.Index())
        {
            // Ids count up, so that ties are broken alike in every run.
            var id = ids[key] = new DocumentId(new Guid(number + 1, 0, 0, new byte[8]));
            var (chunks, start) = (new List<Chunk>(), 0);
            foreach (var text in passages)
            {
                chunks.Add(new Chunk(id, chunks.Count, text, title, null, start, start + text.Length));
                start += text.Length + 2;
            }

            var embedded = await EmbeddingStage.EmbedAsync(embedder?.Generator, chunks, cancellationToken).ConfigureAwait(false);
            await store.UpsertAsync(new StoredDocument(id, ""), 1, embedded, cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }
}
