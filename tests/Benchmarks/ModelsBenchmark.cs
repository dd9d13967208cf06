using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text;
using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Benchmarks;

/// <summary>What law's embedder costs: how true its rounded vectors are, how fast it reads, and how much slower documents are taken in.</summary>
internal static class ModelsBenchmark
{
    private const int Passages = 20_000;
    private const int PassageLength = 800;
    private const int Questions = 200;
    private const int Top = 10;
    private const int Rounds = 5;
    private const int ChunksPerDocument = 40;
    private const int Documents = 100;

    /// <summary>Prints a table; false where a figure is short of its bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var table = new FigureTable();
        var module = new LegalModule();
        var models = DomainModels.Read(AppContext.BaseDirectory, module.Profile, StaticEmbedder.Load);
        var embedder = (StaticEmbedder)models.Embedder!.Generator;
        var passages = SearchTexts.LawPieces(Passages, PassageLength);
        var questions = await SearchTexts.QuestionsAsync(Questions);

        table.AtLeast(
            $"true first {Top} found by bytes and compared again, % ({passages.Count} passages, {questions.Count} questions)", 100 * Recall(embedder, passages, questions), 99.5);
        table.AtLeast("embedder on one core, MB of text/s", Median(() => MegabytesASecond(embedder, passages)), 10);

        var (with, without) = (DomainRoles.Of(module, models), DomainRoles.Of(module));
        await ChunksASecondAsync(with, passages);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            // Neighbours in time are compared, and each goes first in turn, for the machine's speed drifts.
            var first = await ChunksASecondAsync(round % 2 == 0 ? with : without, passages);
            var second = await ChunksASecondAsync(round % 2 == 0 ? without : with, passages);
            ratios.Add(round % 2 == 0 ? first / second : second / first);
        }

        table.AtLeast($"chunks into a store with models / without ({await ChunksASecondAsync(without, passages):0} chunks/s)", ratios.Order().ElementAt(Rounds / 2), .7);
        return table.Print();
    }

    private static double Recall(StaticEmbedder embedder, List<string> passages, List<string> questions)
    {
        var vectors = passages.ConvertAll(VectorOf);
        var scan = new Int8Scan(embedder.Dimensions);
        vectors.ForEach(x => scan.Add(x));
        var likeness = new float[passages.Count];
        return questions.Average(question =>
        {
            var asked = VectorOf(question);
            scan.Score(asked, likeness);
            var exact = vectors.ConvertAll(x => TensorPrimitives.Dot<float>(asked, x));
            // As a store does: the best by bytes are compared again as they are.
            var best = Enumerable.Range(0, passages.Count).OrderByDescending(x => likeness[x]).Take(CandidateReader.Depth);
            return ExactTop.Recall(exact, Top, [.. best.OrderByDescending(x => exact[x]).Take(Top)]);
        });

        float[] VectorOf(string text)
        {
            var vector = new float[embedder.Dimensions];
            embedder.Embed(text, vector);
            return vector;
        }
    }

    private static double MegabytesASecond(StaticEmbedder embedder, List<string> passages)
    {
        var vector = new float[embedder.Dimensions];
        var started = Stopwatch.GetTimestamp();
        passages.ForEach(x => embedder.Embed(x, vector));
        return passages.Sum(x => (long)Encoding.UTF8.GetByteCount(x)) / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> ChunksASecondAsync(DomainRoles roles, List<string> passages)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(folder);
            var store = stores.Open(new TenantId(Guid.NewGuid()), roles.Profile, roles.Models.Embedder?.Model);
            await store.EnsureCreatedAsync(CancellationToken.None);
            var started = Stopwatch.GetTimestamp();
            foreach (var texts in passages.Chunk(ChunksPerDocument).Take(Documents))
            {
                var document = new DocumentId(Guid.NewGuid());
                var chunks = texts.Select((text, i) => new Chunk(document, i, text, "", null, i * PassageLength, (i + 1) * PassageLength)).ToList();
                await store.UpsertAsync(
                    new StoredDocument(document, ""), 1, await EmbeddingStage.EmbedAsync(roles.Models.Embedder?.Generator, chunks, CancellationToken.None), CancellationToken.None);
            }

            return ChunksPerDocument * Documents / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(Func<double> measure) => Enumerable.Range(0, Rounds).Select(_ => measure()).Order().ElementAt(Rounds / 2);
}
