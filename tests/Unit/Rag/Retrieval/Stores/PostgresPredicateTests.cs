using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Stores.Postgres;
using Tessera.Rag.Retrieval.Stores.Shared;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>
/// The store's statements name the tenant themselves. Row-level security hides whether they do, so here the store works as the one whom it does not stop.
/// </summary>
public sealed class PostgresPredicateTests : IAsyncLifetime
{
    private static readonly TenantId One = new(Guid.Parse("33333333-0000-4000-8000-000000000001"));
    private static readonly TenantId Other = new(Guid.Parse("33333333-0000-4000-8000-000000000002"));
    private static readonly ModelRef Model = new("m", new string('b', 64));
    private static readonly DocumentId Paper = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly float[] Vector = [0.6f, 0.8f];

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
    public async Task Same_document_of_two_tenants_is_two_documents()
    {
        using var stores = new PostgresChunkStores(_database.Owner);
        await PutAsync(Open(stores, One), "apple of one");
        await PutAsync(Open(stores, Other), "apple of other");
        Assert.Equal(["apple of one"], await SeenAsync(Open(stores, One)));
        Assert.Equal(["apple of other"], await SeenAsync(Open(stores, Other)));
        await Open(stores, One).DeleteAsync(Paper, int.MaxValue, Token);
        Assert.Equal([], await SeenAsync(Open(stores, One)));
        Assert.Equal(["apple of other"], await SeenAsync(Open(stores, Other)));
        await PutAsync(Open(stores, One), "apple of one");
        await stores.DropAsync(One, null, Token);
        Assert.Equal([], await SeenAsync(Open(stores, One)));
        Assert.Equal(["apple of other"], await SeenAsync(Open(stores, Other)));
    }

    // As if a row had come into a collection that is another tenant's: of each table in turn.
    [Theory]
    [InlineData("collection")]
    [InlineData("revision")]
    [InlineData("chunk")]
    public async Task Row_that_bears_another_tenant_s_name_is_not_seen(string table)
    {
        using (var stores = new PostgresChunkStores(_database.Owner))
        {
            await PutAsync(Open(stores, One), "apple");
            Assert.Equal(["apple"], await SeenAsync(Open(stores, One)));
        }

        await GiveAsync(table);
        using var anew = new PostgresChunkStores(_database.Owner);
        Assert.Empty(await Open(anew, One).ReadAsync(Paper, Token));
        Assert.Empty(await Open(anew, One).ReadEmbeddedAsync(Paper, Token));
        if (table == "chunk")
        {
            // The index knows of it: whoever searches is told to ask again, and not what it says.
            await Assert.ThrowsAsync<TransientException>(() => SeenAsync(Open(anew, One)));
            return;
        }

        Assert.Equal([], await SeenAsync(Open(anew, One)));
        Assert.Null(await Open(anew, One).FindAsync(Paper, Token));
        Assert.Empty(await Open(anew, One).ListAsync(Token));
        await Open(anew, One).DeleteAsync(Paper, int.MaxValue, Token);
        Assert.Equal(1L, await _database.RunAsync("SELECT count(*) FROM chunks.revision"));
    }

    [Fact]
    public async Task Vector_that_bears_another_tenant_s_name_is_not_near()
    {
        using (var stores = new PostgresChunkStores(_database.Owner))
        {
            await PutAsync(Open(stores, One), "apple");
            Assert.Single(await NearAsync(Open(stores, One)));
        }

        using var database = new PostgresDatabase(_database.Owner);
        var analyzer = TextAnalyzer.For(TextAnalysis.Prose);
        var server = new PostgresChunkServer(database, CollectionKey.Of(One, "prose", Model), analyzer);
        var search = new VectorSearch(QuestionTerms.Of(new SearchRequest("zebra", 1) { Vector = Vector }, analyzer), new SearchScope(SearchScope.Small + 1, [], AreLeftOut: true), 1);
        var place = Assert.Single((await server.LookAsync(search, Token))!.Near).Place;
        Assert.False(Assert.Single(await server.ReadVectorsAsync([place], Token)).IsEmpty);

        await GiveAsync("vector_1");
        using var anew = new PostgresChunkStores(_database.Owner);
        Assert.Empty(await NearAsync(Open(anew, One)));
        Assert.True(Assert.Single(await Open(anew, One).ReadEmbeddedAsync(Paper, Token)).Vector.IsEmpty);

        // Only a very large index is looked through by a sample of its vectors: the sample's reading is asked for itself.
        Assert.True(Assert.Single(await server.ReadVectorsAsync([place], Token)).IsEmpty);
    }

    private async Task GiveAsync(string table) => await _database.RunAsync($"UPDATE chunks.{table} SET tenant = '{Other.Value}'");

    private static IChunkStore Open(PostgresChunkStores stores, TenantId tenant) =>
        stores.Open(tenant, new DomainProfile { Id = "prose", Name = "prose", Description = "prose", Analysis = TextAnalysis.Prose }, Model);

    private static Task PutAsync(IChunkStore store, string text) =>
        store.UpsertAsync(new StoredDocument(Paper, "n"), 1, [new EmbeddedChunk(new Chunk(Paper, 0, text, "", null, 0, text.Length), Vector)], Token);

    private static async Task<IEnumerable<string>> SeenAsync(IChunkStore store) => (await store.SearchAsync(new SearchRequest("apple", 10), Token)).Select(found => found.Chunk.Text);

    private static Task<IReadOnlyList<Candidate>> NearAsync(IChunkStore store) => store.SearchAsync(new SearchRequest("zebra", 10) { Vector = Vector }, Token);
}
