using System.Diagnostics;
using System.Globalization;
using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Benchmarks;

/// <summary>How long a search takes over 100,000 real passages, or as many as are asked for, on the road that a request takes in the host.</summary>
internal static class SearchBenchmark
{
    private const int ChunksPerDocument = 40;
    private const int Questions = 500;
    private const int Top = 10;

    /// <summary>Prints milliseconds and megabytes; false where half of the searches take longer than the bar, in ms.</summary>
    public static async Task<bool> RunAsync(int chunks, double bar)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            var tenant = new TenantId(Guid.NewGuid());
            var module = new LegalModule();
            var roles = DomainRoles.Of(module, DomainModels.Read(AppContext.BaseDirectory, module.Profile, StaticEmbedder.Load));
            using (var stores = new SqliteChunkStores(folder))
            {
                await BuildAsync(Open(stores), await SearchTexts.PassagesAsync(), chunks);
            }

            var fresh = new SqliteChunkStores(folder);
            var reached = await SearchAsync(Open(fresh), bar);
            var full = GC.GetTotalMemory(forceFullCollection: true);
            fresh.Dispose();
            Print($"index in memory: {(full - GC.GetTotalMemory(forceFullCollection: true)) / 1e6:0.0} MB; on disk with the texts: {SizeOf(folder) / 1e6:0.0} MB");
            return reached;

            DomainWorkspace Open(SqliteChunkStores stores) => new(tenant, roles, stores.Open(tenant, roles.Profile, roles.Models.Embedder?.Model)) { Embedder = roles.Models.Embedder?.Generator };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BuildAsync(DomainWorkspace workspace, List<BeirPassage> passages, int count)
    {
        var (length, started) = (0L, Stopwatch.GetTimestamp());
        await workspace.Store.EnsureCreatedAsync(CancellationToken.None);
        for (var first = 0; first < count; first += ChunksPerDocument)
        {
            var document = new DocumentId(Guid.NewGuid());
            var chunks = Enumerable.Range(0, ChunksPerDocument).Select(x => (Place: x, Line: passages[(first + x) % passages.Count]))
                .Select(x => new Chunk(document, x.Place, x.Line.Text, x.Line.Title, null, 0, x.Line.Text.Length)).ToList();
            length += chunks.Sum(x => (long)x.Text.Length);
            var embedded = await EmbeddingStage.EmbedAsync(workspace.Embedder, chunks, CancellationToken.None);
            await workspace.Store.UpsertAsync(new StoredDocument(document, ""), 1, embedded, CancellationToken.None);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Print($"build: {count} chunks of {passages.Count} passages, {length / 1e6:0.0} M characters in {seconds:0.0} s: {length / 1e6 / seconds:0.0} M characters/s, {count / ChunksPerDocument / seconds:0} documents/s");
    }

    private static async Task<bool> SearchAsync(DomainWorkspace workspace, double bar)
    {
        var retriever = new Retriever();
        var questions = await SearchTexts.QuestionsAsync(Questions);
        var started = Stopwatch.GetTimestamp();
        await retriever.SearchAsync(workspace, new RetrievalQuery(questions[0], Top), CancellationToken.None);
        Print($"first search, which reads the index: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");

        // Once without counting, so that the code is compiled.
        var times = new List<double>();
        foreach (var question in questions.Concat(questions))
        {
            started = Stopwatch.GetTimestamp();
            await retriever.SearchAsync(workspace, new RetrievalQuery(question, Top), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var sorted = times.Skip(questions.Count).Order().ToList();
        Print($"{sorted.Count} questions, top {Top}: p50 {At(.5):0.00} ms, p95 {At(.95):0.00} ms, p99 {At(.99):0.00} ms (bar: p50 {bar} ms)");
        return At(.5) <= bar;

        double At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(x => x.Length);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
