using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text;
using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Evaluation;
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

        await IngestAsync(module, models, table);
        return table.Print();
    }

    private static async Task IngestAsync(LegalModule module, DomainModels models, FigureTable table)
    {
        var files = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            foreach (var (number, text) in SearchTexts.ReadLaw().Take(Documents).Index())
            {
                await File.WriteAllTextAsync(Path.Combine(files, $"{number}.txt"), text);
            }

            var program = Path.Combine(Path.GetDirectoryName(RunningHost.FindHost())!, "reader", "Tessera.Reader.dll");
            await using var reader = new ReaderPool(new ReaderOptions { Assembly = program, Workers = 1 });
            var (with, without) = (DomainRoles.Of(module, models), DomainRoles.Of(module));
            await IngestAsync(with, reader, files);
            var (ratios, speeds) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                // Neighbours in time are compared, and each goes first in turn, for the machine's speed drifts.
                var first = await IngestAsync(round % 2 == 0 ? with : without, reader, files);
                var second = await IngestAsync(round % 2 == 0 ? without : with, reader, files);
                ratios.Add(round % 2 == 0 ? first / second : second / first);
                speeds.Add(Math.Max(first, second));
            }

            table.AtLeast($"{Documents} contracts from file to searchable, with models / without ({speeds.Order().ElementAt(Rounds / 2):0.0} MB/s)", ratios.Order().ElementAt(Rounds / 2), .7);
        }
        finally
        {
            Directory.Delete(files, recursive: true);
        }
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

    // On the road that a document takes in the host: read in a child, cut, embedded, stored.
    private static async Task<double> IngestAsync(DomainRoles roles, IDocumentReader reader, string files)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(folder);
            var tenant = new TenantId(Guid.Empty);
            var workspace = new DomainWorkspace(tenant, roles, stores.Open(tenant, roles.Profile, roles.Models.Embedder?.Model)) { Embedder = roles.Models.Embedder?.Generator };
            var (started, bytes) = (Stopwatch.GetTimestamp(), 0L);
            foreach (var file in Directory.EnumerateFiles(files))
            {
                await ScratchDocument.IndexAsync(
                    workspace, reader, new StoredDocument(new DocumentId(Guid.NewGuid()), Path.GetFileName(file)), file, folder, CancellationToken.None);
                bytes += new FileInfo(file).Length;
            }

            return bytes / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(Func<double> measure) => Enumerable.Range(0, Rounds).Select(_ => measure()).Order().ElementAt(Rounds / 2);
}
