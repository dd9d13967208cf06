using System.Numerics.Tensors;
using Npgsql;
using Tessera.Conformance;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores.Postgres;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>What the store in PostgreSQL does beyond the suite: many hosts, many vectors, guarded rows, and a server that fails.</summary>
public sealed class PostgresHostsTests : IAsyncLifetime
{
    private const int Width = 32;
    private const int Many = 6_000;
    private static readonly TenantId Tenant = new(Guid.Parse("22222222-0000-4000-8000-000000000001"));
    private static readonly TenantId OtherTenant = new(Guid.Parse("22222222-0000-4000-8000-000000000002"));
    private static readonly ModelRef Model = new("m", new string('a', 64));

    private ChunkDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await ChunkDatabase.MakeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Change_by_another_host_is_seen_by_the_next_search()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        using var others = new PostgresChunkStores(_database.Store);
        var (here, there) = (Open(stores), Open(others));
        await PutAsync(here, 1, 1, "apple pear", "apple");
        Assert.Equal(2, (await FindAsync(there, "apple")).Count);
        await PutAsync(there, 2, 1, "apple plum");
        Assert.Equal(3, (await FindAsync(here, "apple")).Count);
        await PutAsync(here, 1, 2, "apple fig");
        await here.DeleteAsync(Id(1), 2, Token);
        Assert.Equal(["apple fig", "apple plum"], (await FindAsync(there, "apple")).Select(x => x.Chunk.Text).Order());
        Assert.Empty(await FindAsync(there, "pear"));
        await there.DeleteAsync(Id(2), int.MaxValue, Token);
        Assert.Equal(["apple fig"], (await FindAsync(here, "apple")).Select(x => x.Chunk.Text));

        // Deleted and written again between two looks.
        await there.DeleteAsync(Id(1), int.MaxValue, Token);
        await PutAsync(there, 1, 1, "apple anew");
        Assert.Equal(["apple anew"], (await FindAsync(here, "apple")).Select(x => x.Chunk.Text));
        var words = TextAnalyzer.For(TextAnalysis.Prose).Terms("apple fig plum anew");
        Assert.Equal(new[] { 1, 0, 0, 1 }.Select(df => Math.Log(1 + ((1 - df + .5) / (df + .5)))), await here.WeighAsync(words, Token), (x, y) => Math.Abs(x - y) < 1e-9);
    }

    [Fact]
    public async Task Collection_that_another_host_dropped_and_made_anew_is_not_the_old_one()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        using var others = new PostgresChunkStores(_database.Store);
        await PutAsync(Open(stores), 1, 1, "apple old");
        Assert.Single(await FindAsync(Open(stores), "apple"));
        await others.DropAsync(Tenant, null, Token);
        Assert.Empty(await FindAsync(Open(stores), "apple"));
        await PutAsync(Open(others), 2, 1, "apple new");
        Assert.Equal(["apple new"], (await FindAsync(Open(stores), "apple")).Select(x => x.Chunk.Text));
    }

    [Fact]
    public async Task Hosts_that_write_at_once_lose_nothing()
    {
        var hosts = Enumerable.Range(0, 3).Select(_ => new PostgresChunkStores(_database.Store)).ToList();
        try
        {
            await Task.WhenAll(hosts.Select((host, h) => Task.Run(
                async () =>
                {
                    for (var i = 0; i < 15; i++)
                    {
                        await PutAsync(Open(host, Model), (h * 100) + i, 1, [("apple", UnitVectors.One(new Random(i), Width))]);
                    }
                },
                Token)));
            foreach (var host in hosts)
            {
                Assert.Equal(45, (await FindAsync(Open(host, Model), "apple")).Count);
                Assert.Equal(45, (await Open(host, Model).ListAsync(Token)).Count);
            }
        }
        finally
        {
            hosts.ForEach(x => x.Dispose());
        }
    }

    // More chunks than are looked at one by one: the graph answers, for the large tenant; a tenant with one of a hundred vectors loses nothing by it.
    [Fact]
    public async Task Large_and_small_tenants_find_their_nearest_in_one_graph()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        var random = new Random(5);
        var (large, small) = (Vectors(random, Many), Vectors(random, 60));
        await PutManyAsync(Open(stores, Model), large);
        await PutManyAsync(Open(stores, Model, OtherTenant), small);
        foreach (var (store, vectors) in new[] { (Open(stores, Model), large), (Open(stores, Model, OtherTenant), small) })
        {
            var (hits, wanted) = (0, 0);
            for (var i = 0; i < 20; i++)
            {
                var question = UnitVectors.One(random, Width);

                // What is hardly like the question is no answer to it.
                var exact = vectors.Index().Select(x => (Text: $"c{x.Index}", Likeness: TensorPrimitives.Dot<float>(question, x.Item)))
                    .Where(x => x.Likeness > .21f).OrderByDescending(x => x.Likeness).Take(10).Select(x => x.Text).ToHashSet();
                var found = await store.SearchAsync(new SearchRequest("zebra", 10) { Vector = question }, Token);
                hits += found.Count(x => exact.Contains(x.Chunk.Text));
                wanted += exact.Count;
            }

            Assert.True(wanted > 0 && hits >= .95 * wanted, $"{hits} of {wanted} of {vectors.Count}");
        }

        // Guarded rows are still found by the graph; the store forbids to look at all rows instead.
        var asked = string.Join(',', UnitVectors.One(random, Width).Select(x => x.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var plan = await _database.RunAsync(
            $"EXPLAIN (FORMAT JSON) SELECT revision FROM chunks.vector_1 WHERE tenant = '{Tenant.Value}' ORDER BY embedding <#> '[{asked}]' LIMIT 200", As(Tenant) + " -c enable_seqscan=off");
        Assert.Contains("vector_1_embedding_idx", (string)plan!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_table_with_a_tenant_is_guarded_from_a_connection_that_names_none_or_another()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        await PutAsync(Open(stores, Model), 1, 1, [("apple", UnitVectors.One(new Random(1), Width))]);
        await PutAsync(Open(stores, Model), 2, 1, [("pear", UnitVectors.One(new Random(1), Width))]);
        await Open(stores, Model).DeleteAsync(Id(2), int.MaxValue, Token);
        var guarded = (await _database.TablesAsync()).Except(["version", "space"]).ToList();
        Assert.Equal(["chunk", "collection", "removal", "revision", "vector_1"], guarded);
        foreach (var table in guarded)
        {
            Assert.NotEqual(0L, await _database.RunAsync($"SELECT count(*) FROM chunks.{table}"));
            Assert.Equal(0L, await _database.RunAsync($"SELECT count(*) FROM chunks.{table}", _database.Store));
            Assert.Equal(0L, await _database.RunAsync($"SELECT count(*) FROM chunks.{table}", As(OtherTenant)));
            Assert.NotEqual(0L, await _database.RunAsync($"SELECT count(*) FROM chunks.{table}", As(Tenant)));
            Assert.Equal(true, await _database.RunAsync($"SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'chunks.{table}'::regclass"));
        }

        foreach (var sql in (string[])["DELETE FROM chunks.space", "UPDATE chunks.version SET number = 7", "CREATE TABLE chunks.more (x integer)", "SELECT chunks.guard('space')"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => _database.RunAsync(sql, _database.Store));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        Assert.Equal(0L, await _database.RunAsync("SELECT count(*) FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner WHERE rolname = 'chunk_store'"));
    }

    [Fact]
    public async Task Words_are_made_anew_when_a_domain_makes_them_another_way()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        using var others = new PostgresChunkStores(_database.Store);
        var prose = Open(stores);
        await PutAsync(prose, 1, 1, "x => y");
        Assert.Empty(await FindAsync(prose, "=>"));
        var code = Open(others, analysis: TextAnalysis.Code);
        Assert.Single(await FindAsync(code, "=>"));
        await Assert.ThrowsAsync<TransientException>(() => PutAsync(prose, 2, 1, "apple"));
        Assert.Single(await FindAsync(Open(stores, analysis: TextAnalysis.Code), "=>"));
    }

    [Fact]
    public async Task Schema_is_made_once_and_a_newer_one_is_refused()
    {
        await PostgresChunkStores.EnsureSchemaAsync(_database.Owner, "chunk_store", Token);
        await _database.RunAsync("UPDATE chunks.version SET number = 99");
        var fault = await Assert.ThrowsAsync<PermanentException>(() => PostgresChunkStores.EnsureSchemaAsync(_database.Owner, "chunk_store", Token));
        Assert.Equal("schema-newer", fault.Code);
        using var stores = new PostgresChunkStores(_database.Store);
        fault = await Assert.ThrowsAsync<PermanentException>(() => FindAsync(Open(stores), "apple"));
        Assert.Equal("schema-newer", fault.Code);
    }

    [Fact]
    public async Task Lost_connections_pass_and_what_the_server_refuses_does_not()
    {
        using var stores = new PostgresChunkStores(_database.Store);
        await PutAsync(Open(stores), 1, 1, "apple");
        await _database.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chunk_store' AND datname = current_database()");
        var fault = await Record.ExceptionAsync(() => FindAsync(Open(stores), "apple"));
        Assert.True(fault is null or TransientException, fault?.ToString());
        Assert.Single(await FindAsync(Open(stores), "apple"));

        using var nowhere = new PostgresChunkStores(new NpgsqlConnectionStringBuilder(_database.Store) { Port = 1 }.ConnectionString);
        await Assert.ThrowsAsync<TransientException>(() => FindAsync(Open(nowhere), "apple"));
        await _database.RunAsync("REVOKE ALL ON ALL TABLES IN SCHEMA chunks FROM chunk_store");
        var refused = await Assert.ThrowsAsync<PermanentException>(() => FindAsync(Open(stores), "apple"));
        Assert.Equal("chunk-server-refused", refused.Code);
        await _database.RunAsync("GRANT SELECT ON ALL TABLES IN SCHEMA chunks TO chunk_store");
        Assert.Single(await FindAsync(Open(stores), "apple"));
    }

    private string As(TenantId tenant) => _database.Store + ";Options=-c app.tenant=" + tenant.Value;

    private static List<float[]> Vectors(Random random, int count)
    {
        var centres = Enumerable.Range(0, 40).Select(_ => UnitVectors.One(random, Width)).ToList();
        return [.. Enumerable.Range(0, count).Select(i => UnitVectors.Near(centres[i % centres.Count], random, .6f))];
    }

    private static async Task PutManyAsync(IChunkStore store, List<float[]> vectors)
    {
        foreach (var part in vectors.Index().Chunk(300))
        {
            await PutAsync(store, part[0].Index, 1, [.. part.Select(x => ($"c{x.Index}", x.Item))]);
        }
    }

    private static DocumentId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static IChunkStore Open(PostgresChunkStores stores, ModelRef? model = null, TenantId? tenant = null, TextAnalysis analysis = TextAnalysis.Prose) =>
        stores.Open(tenant ?? Tenant, new DomainProfile { Id = "domain", Name = "domain", Description = "domain", Analysis = analysis }, model);

    private static Task PutAsync(IChunkStore store, int document, int revision, params string[] texts) =>
        PutAsync(store, document, revision, [.. texts.Select(text => (text, Array.Empty<float>()))]);

    private static Task PutAsync(IChunkStore store, int document, int revision, (string Text, float[] Vector)[] chunks) => store.UpsertAsync(
        new StoredDocument(Id(document), ""),
        revision,
        [.. chunks.Select((x, i) => new EmbeddedChunk(new Chunk(Id(document), i, x.Text, "", null, i, i + 1), x.Vector))],
        Token);

    private static Task<IReadOnlyList<Candidate>> FindAsync(IChunkStore store, string query) => store.SearchAsync(new SearchRequest(query, 1000), Token);
}
