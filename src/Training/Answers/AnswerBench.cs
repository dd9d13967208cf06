using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;
using Tessera.Training.Ranking;

namespace Tessera.Training.Answers;

/// <summary>Asks a world's questions of a scratch store, by the search that the product runs.</summary>
internal static class AnswerBench
{
    private const int PassageLength = 1000;

    /// <summary>An example for each question that finds a sentence.</summary>
    /// <param name="world">Documents and questions.</param>
    /// <param name="roles">The domain, with models that saw none of it; weights of answers are not looked at.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<AnswerExample>> RunAsync(
        AnswerWorld world, DomainRoles roles, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-answers-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(folder);
            var (tenant, embedder) = (new TenantId(Guid.Empty), roles.Models.Embedder);
            var workspace = new DomainWorkspace(tenant, roles, stores.Open(tenant, roles.Profile, embedder?.Model)) { Embedder = embedder?.Generator };
            await WriteAsync(workspace, world, cancellationToken).ConfigureAwait(false);
            var (retriever, examples) = (new Retriever(), new List<AnswerExample>());
            foreach (var (number, asked) in world.Cases.Index())
            {
                progress.Report((double)number / world.Cases.Count);
                var question = new Question(asked.Question) { Filter = asked.Document is { } only ? new SearchFilter { Documents = [IdOf(only)] } : null };
                var found = await retriever.SearchAsync(workspace, question.Search, cancellationToken).ConfigureAwait(false);
                var evidence = await Evidence.OfAsync(workspace, question, found, cancellationToken).ConfigureAwait(false);
                var candidates = await SentenceRanking.RankAsync(evidence, found, roles, cancellationToken).ConfigureAwait(false);
                if (candidates.Count > 0)
                {
                    examples.Add(new AnswerExample(asked, found, candidates, [.. candidates.Select(x => asked.IsAnsweredBy(
                        NumberOf(x.Chunk.Document), x.Chunk.Start + x.Span.Start, x.Chunk.Start + x.Span.End))]));
                }
            }

            return examples;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(DomainWorkspace workspace, AnswerWorld world, CancellationToken cancellationToken)
    {
        foreach (var (number, (title, text)) in world.Documents.Index())
        {
            var (chunks, start) = (new List<Chunk>(), 0);
            foreach (var passage in Passages.Cut(text, PassageLength))
            {
                chunks.Add(new Chunk(IdOf(number), chunks.Count, passage, title, null, start, start + passage.Length));
                start += passage.Length;
            }

            var embedded = await EmbeddingStage.EmbedAsync(workspace.Embedder, chunks, cancellationToken).ConfigureAwait(false);
            await workspace.Store.UpsertAsync(new StoredDocument(IdOf(number), ""), 1, embedded, cancellationToken).ConfigureAwait(false);
        }
    }

    // Ids count up, so that ties are broken alike in every run.
    private static DocumentId IdOf(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static int NumberOf(DocumentId document) => BitConverter.ToInt32(document.Value.ToByteArray());
}
