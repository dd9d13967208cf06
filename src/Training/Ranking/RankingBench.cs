using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Training.Ranking;

/// <summary>Asks a world's questions of a scratch store, by the search that the product runs.</summary>
internal static class RankingBench
{
    private const int Candidates = 100;

    /// <summary>An example for each question that finds something right and something wrong.</summary>
    public static async Task<IReadOnlyList<RankingExample>> RunAsync(
        RankingWorld world, TextAnalysis analysis, TranslationModel translation, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-ranker-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(folder);
            var profile = new DomainProfile { Id = "ranking", Name = "Ranking", Description = "Questions that were held back.", Analysis = analysis };
            var store = stores.Open(new TenantId(Guid.Empty), profile, embeddingModel: null);
            await WriteAsync(store, world, cancellationToken).ConfigureAwait(false);
            var (cases, examples) = (world.Cases.ToList(), new List<RankingExample>());
            foreach (var (number, question) in cases.Index())
            {
                progress.Report((double)number / cases.Count);
                var request = new SearchRequest(question.Question, Candidates) { Translation = translation };
                var found = await store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
                bool[] right = [.. found.Select(x => question.Answers(x.Chunk.Text))];
                if (right.Contains(true) && right.Contains(false))
                {
                    examples.Add(new RankingExample(RankFeatures.Of(found), right));
                }
            }

            return examples;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(IChunkStore store, RankingWorld world, CancellationToken cancellationToken)
    {
        foreach (var (number, (title, passages)) in world.Documents.Index())
        {
            // Ids count up, so that ties are broken alike in every run.
            var id = new DocumentId(new Guid(number + 1, 0, 0, new byte[8]));
            var (chunks, start) = (new List<EmbeddedChunk>(), 0);
            foreach (var text in passages)
            {
                chunks.Add(new EmbeddedChunk(new Chunk(id, chunks.Count, text, title, null, start, start + text.Length)));
                start += text.Length + 2;
            }

            await store.UpsertAsync(new StoredDocument(id, ""), 1, chunks, cancellationToken).ConfigureAwait(false);
        }
    }
}
