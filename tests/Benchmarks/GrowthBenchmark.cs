using System.Diagnostics;
using System.Globalization;
using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Stores.Postgres;
using Tessera.Sdk;

namespace Tessera.Benchmarks;

/// <summary>How ingestion and search grow with the number of chunks, in the embedded store and in pgvector: real passages, in documents of 40.</summary>
internal static class GrowthBenchmark
{
    private const int ChunksPerDocument = 40;
    private const int Questions = 200;
    private const int Top = 10;

    /// <summary>Prints a line for each size and store; there is no bar.</summary>
    public static async Task<bool> RunAsync(int[] sizes)
    {
        var passages = await SearchTexts.PassagesAsync();
        var questions = await SearchTexts.QuestionsAsync(Questions);
        Console.WriteLine("| chunks | store | ingested chunks/s | first search ms | search p50 ms | search p95 ms | search right after a write ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            var folder = Directory.CreateTempSubdirectory("tessera-growth-").FullName;
            try
            {
                await MeasureAsync("SQLite", size, () => new SqliteChunkStores(folder), passages, questions);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            if (await BenchDatabase.StartAsync() is { } database)
            {
                await using (database)
                {
                    await MeasureAsync("pgvector", size, () => new PostgresChunkStores(database.Connection), passages, questions);
                }
            }
        }

        return true;
    }

    private static async Task MeasureAsync<T>(string name, int size, Func<T> open, List<BeirPassage> passages, List<string> questions)
        where T : IChunkStores, IDisposable
    {
        var module = new LegalModule();
        var roles = DomainRoles.Of(module, DomainModels.Read(AppContext.BaseDirectory, module.Profile, StaticEmbedder.Load));
        var tenant = new TenantId(Guid.NewGuid());
        double rate;
        using (var stores = open())
        {
            var started = Stopwatch.GetTimestamp();
            for (var first = 0; first < size; first += ChunksPerDocument)
            {
                await PutAsync(Workspace(stores), passages, first);
            }

            rate = size / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        using var fresh = open();
        var workspace = Workspace(fresh);
        var opening = await SearchAsync(workspace, questions[0]);
        foreach (var question in questions)
        {
            await SearchAsync(workspace, question);
        }

        var times = new List<double>();
        foreach (var question in questions)
        {
            times.Add(await SearchAsync(workspace, question));
        }

        times.Sort();
        await PutAsync(workspace, passages, size);
        var after = await SearchAsync(workspace, questions[1]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {size} | {name} | {rate:0} | {opening:0} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * .95)]:0.0} | {after:0.0} |"));

        DomainWorkspace Workspace(IChunkStores stores) => new(tenant, roles, stores.Open(tenant, roles.Profile, roles.Models.Embedder?.Model)) { Embedder = roles.Models.Embedder?.Generator };
    }

    private static async Task PutAsync(DomainWorkspace workspace, List<BeirPassage> passages, int first)
    {
        var document = new DocumentId(Guid.NewGuid());
        var chunks = Enumerable.Range(0, ChunksPerDocument).Select(x => (Place: x, Line: passages[(first + x) % passages.Count]))
            .Select(x => new Chunk(document, x.Place, x.Line.Text, x.Line.Title, null, 0, x.Line.Text.Length)).ToList();
        await workspace.Store.UpsertAsync(
            new StoredDocument(document, ""), 1, await EmbeddingStage.EmbedAsync(workspace.Embedder, chunks, CancellationToken.None), CancellationToken.None);
    }

    private static async Task<double> SearchAsync(DomainWorkspace workspace, string question)
    {
        var started = Stopwatch.GetTimestamp();
        await new Retriever().SearchAsync(workspace, new RetrievalQuery(question, Top), CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
