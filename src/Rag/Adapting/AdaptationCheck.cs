using System.Globalization;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>
/// Asks the same questions of the same passages by sets of models, each in a scratch index of its own. Passages lack their headings: those
/// that are asked would find themselves, and were the others left, what lacks one would be what is asked for.
/// </summary>
/// <param name="roles">The domain with the models that are in use.</param>
/// <param name="folder">An empty folder of the tenant's; the caller deletes it.</param>
public sealed class AdaptationCheck(DomainRoles roles, string folder)
{
    private const int Top = 10;
    private static readonly TenantId Nobody = new(Guid.Empty);

    /// <summary>Compares each of some adapted sets with what is in use, in their order.</summary>
    /// <param name="adapted">The sets.</param>
    /// <param name="headings">Those held out are asked.</param>
    /// <param name="questions">What to ask beside; a question that no chunk answers is left out.</param>
    /// <param name="documents">The chunks to search, by document; those of the pairs among them.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two documents or questions.</param>
    public async Task<IReadOnlyList<AdaptationFigures>> RunAsync(
        IReadOnlyList<DomainModels> adapted, HeadingSplit headings, IReadOnlyList<AskedQuestion> questions, IReadOnlyList<IReadOnlyList<Chunk>> documents,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(adapted);
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(documents);
        var heldOut = headings.HeldOut;
        var hidden = new HiddenHeadings([.. headings.Learned, .. heldOut], TextAnalyzer.For(roles.Profile.Analysis));
        List<Asked> asked = [.. heldOut.Select(pair => new Asked(pair.Question, Gains(pair.Passages)))];
        var chunks = documents.SelectMany(x => x).ToList();
        asked.AddRange(questions.Select(question => new Asked(question.Text, Gains(chunks.Where(question.Answers)))).Where(x => x.Gains.Count > 0));

        var done = 0;
        var all = (1 + adapted.Count) * (documents.Count + asked.Count);
        var before = await AskAsync(roles, 0).ConfigureAwait(false);
        var figures = new List<AdaptationFigures>();
        foreach (var models in adapted)
        {
            var after = await AskAsync(roles.With(models), figures.Count + 1).ConfigureAwait(false);
            figures.Add(new AdaptationFigures(
                Compare(before[..heldOut.Count], after[..heldOut.Count]),
                asked.Count > heldOut.Count ? Compare(before[heldOut.Count..], after[heldOut.Count..]) : null));
        }

        return figures;

        async Task<List<double>> AskAsync(DomainRoles by, int number)
        {
            using var stores = new SqliteChunkStores(Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture)));
            var embedder = by.Models.Embedder;
            var workspace = new DomainWorkspace(Nobody, by, stores.Open(Nobody, by.Profile, embedder?.Model)) { Embedder = embedder?.Generator };
            await workspace.Store.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
            foreach (var document in documents)
            {
                var embedded = await EmbeddingStage.EmbedAsync(workspace.Embedder, [.. document.Select(hidden.Without)], cancellationToken).ConfigureAwait(false);
                await workspace.Store.UpsertAsync(new StoredDocument(document[0].Document, ""), 1, embedded, cancellationToken).ConfigureAwait(false);
                progress?.Report((double)++done / all);
            }

            var (retriever, scores) = (new Retriever(), new List<double>());
            foreach (var question in asked)
            {
                // Each passage stands for itself: one that was folded under its copy would count as missed.
                var passages = await retriever.SearchAsync(
                    workspace, new RetrievalQuery(question.Text, Top) { Folded = FoldedPassages.None }, cancellationToken).ConfigureAwait(false);
                scores.Add(RankingMeasures.Of([.. passages.Select(passage => IdOf(passage.Chunk))], question.Gains).Ndcg10);
                progress?.Report((double)++done / all);
            }

            return scores;
        }
    }

    private static MeasureComparison Compare(List<double> before, List<double> after) => MeasureComparison.Of("ndcg10", before, after);

    private static Dictionary<string, int> Gains(IEnumerable<Chunk> chunks) => chunks.Select(IdOf).Distinct().ToDictionary(id => id, _ => 1);

    private static string IdOf(Chunk chunk) => string.Create(CultureInfo.InvariantCulture, $"{chunk.Document.Value:N}#{chunk.Ordinal}");

    private sealed record Asked(string Text, IReadOnlyDictionary<string, int> Gains);
}
