using System.Globalization;
using System.Numerics.Tensors;
using Tessera.Conformance;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Stores.Postgres;
using Tessera.Sdk;

namespace Tessera.Benchmarks;

/// <summary>
/// Whether a tenant with few of all vectors finds its nearest as well as when it is alone: 100,000 vectors of 256 numbers in one vector space, in
/// clusters. A share above what is looked at one by one is asked of the graph that all share.
/// </summary>
internal static class SmallTenantBenchmark
{
    private const int Width = 256;
    private const int All = 100_000;
    private const int Together = 500;
    private const int Questions = 100;
    private const int Top = 10;
    private const double Bar = .95;

    // What is less like a question than this no store shows; a little more, since one may measure it in bytes.
    private const float LeastLikeness = .21f;
    private static readonly ModelRef Model = new("toy", new string('a', 64));
    private static readonly DomainProfile Domain = new() { Id = "domain", Name = "domain", Description = "domain" };

    /// <summary>Prints a line for each store and share; false where a share finds less than 95 % of what it finds alone.</summary>
    public static async Task<bool> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-small-").FullName;
        try
        {
            Console.WriteLine("| store | vectors of the tenant | share | recall@10 alone | among all | ratio | bar | |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            var reached = await MeasureAsync("SQLite", () => new SqliteChunkStores(folder));
            if (await BenchDatabase.StartAsync() is { } database)
            {
                await using (database)
                {
                    reached &= await MeasureAsync("pgvector", () => new PostgresChunkStores(database.Connection));
                }
            }

            return reached;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync<T>(string name, Func<T> open)
        where T : IChunkStores, IDisposable
    {
        using var stores = open();
        var random = new Random(11);
        var centres = Enumerable.Range(0, 200).Select(_ => UnitVectors.One(random, Width)).ToList();
        var small = new[] { All / 100, All / 20 }.Select(count => (Tenant: new TenantId(Guid.NewGuid()), Vectors: Vectors(count, centres, random))).ToList();
        var alone = new List<double>();
        foreach (var (tenant, vectors) in small)
        {
            await FillAsync(Open(tenant), vectors);
            alone.Add(await RecallAsync(Open(tenant), vectors));
        }

        var large = new TenantId(Guid.NewGuid());
        await FillAsync(Open(large), Vectors(All - small.Sum(x => x.Vectors.Count), centres, random));
        var reached = true;
        foreach (var ((tenant, vectors), solo) in small.Zip(alone))
        {
            var among = await RecallAsync(Open(tenant), vectors);
            var passed = among >= Bar * solo;
            reached &= passed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {vectors.Count} | {100.0 * vectors.Count / All:0} % | {solo:0.000} | {among:0.000} | {among / solo:0.000} | {Bar} | {(passed ? "ok" : "short")} |"));
        }

        return reached;

        IChunkStore Open(TenantId tenant) => stores.Open(tenant, Domain, Model);
    }

    private static async Task FillAsync(IChunkStore store, List<float[]> vectors)
    {
        foreach (var part in vectors.Index().Chunk(Together))
        {
            var document = new DocumentId(Guid.NewGuid());
            var chunks = part.Select((x, i) => new EmbeddedChunk(new Chunk(document, i, $"c{x.Index}", "", null, i, i + 1), x.Item)).ToList();
            await store.UpsertAsync(new StoredDocument(document, ""), 1, chunks, CancellationToken.None);
        }
    }

    private static async Task<double> RecallAsync(IChunkStore store, List<float[]> vectors)
    {
        var random = new Random(12);
        var (hits, wanted) = (0, 0);
        for (var i = 0; i < Questions; i++)
        {
            var question = UnitVectors.Near(vectors[random.Next(vectors.Count)], random, .8f);
            var exact = vectors.Index().Select(x => (Text: $"c{x.Index}", Likeness: TensorPrimitives.Dot<float>(question, x.Item)))
                .Where(x => x.Likeness > LeastLikeness).OrderByDescending(x => x.Likeness).Take(Top).Select(x => x.Text).ToHashSet();

            // No chunk has the word: vectors alone find.
            var found = await store.SearchAsync(new SearchRequest("zebra", Top) { Vector = question }, CancellationToken.None);
            hits += found.Count(x => exact.Contains(x.Chunk.Text));
            wanted += exact.Count;
        }

        return (double)hits / wanted;
    }

    private static List<float[]> Vectors(int count, List<float[]> centres, Random random) =>
        [.. Enumerable.Range(0, count).Select(i => UnitVectors.Near(centres[i % centres.Count], random, .8f))];
}
