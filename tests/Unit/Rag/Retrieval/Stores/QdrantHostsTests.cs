using System.Net;
using System.Numerics.Tensors;
using System.Text.Json;
using Tessera.Conformance;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores.Qdrant;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>What the store in Qdrant does beyond the suite: many hosts, many vectors, copies, and a server that fails.</summary>
public sealed class QdrantHostsTests
{
    private const int Width = 16;
    private static readonly TenantId Tenant = new(Guid.Parse("22222222-0000-4000-8000-000000000001"));
    private static readonly ModelRef Model = new("m", new string('a', 64));

    private readonly QdrantStandIn _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Check_finds_a_field_a_type_a_value_and_a_route_that_the_document_does_not_have()
    {
        Assert.SkipUnless(QdrantApiCheck.IsHere, QdrantApiCheck.Missing);
        const string Scroll = "/collections/c/points/scroll";
        Assert.Null(QdrantApiCheck.Wrong(HttpMethod.Post, Scroll, Json("""{"limit":1,"with_payload":["a"],"order_by":{"key":"k","direction":"desc"}}""")));
        foreach (var (method, path, body) in ((HttpMethod, string, string)[])
        [
            (HttpMethod.Post, Scroll, """{"limits":1}"""), (HttpMethod.Post, Scroll, """{"limit":"1"}"""), (HttpMethod.Post, Scroll, """{"limit":0}"""),
            (HttpMethod.Post, Scroll, """{"order_by":{"key":"k","direction":"down"}}"""), (HttpMethod.Post, Scroll, """{"order_by":{"direction":"asc"}}"""),
            (HttpMethod.Post, Scroll, """{"filter":{"must":[{"key":"k","match":{"valeu":1}}]}}"""), (HttpMethod.Post, Scroll, """{"filter":{"musst":[]}}"""),
            (HttpMethod.Post, Scroll + "?wait=true", "{}"), (HttpMethod.Put, "/collections/c/points?wait=maybe", """{"points":[]}"""),
            (HttpMethod.Put, "/collections/c/points", """{"points":[{"id":"5c56c793-69f3-4fbf-87e6-c4bf54c28c26"}]}"""),
            (HttpMethod.Put, "/collections/c/points", """{"points":[],"update_mode":"insert"}"""), (HttpMethod.Get, "/collections/c/scroll", "{}"),
            (HttpMethod.Post, "/collections/c/points/query", """{"query":{"fusion":"sum"}}"""),
        ])
        {
            Assert.NotNull(QdrantApiCheck.Wrong(method, path, Json(body)));
        }

        Assert.Null(QdrantApiCheck.Wrong(HttpMethod.Post, Scroll, 200, Json("""{"result":{"points":[]},"status":"ok","time":0.1}""")));
        Assert.NotNull(QdrantApiCheck.Wrong(HttpMethod.Post, Scroll, 200, Json("""{"result":{"points":[{"payload":{}}]},"status":"ok","time":0.1}""")));
        Assert.NotNull(QdrantApiCheck.Wrong(HttpMethod.Post, Scroll, 200, Json("""{"result":{"points":[]},"status":"ok","took":0.1}""")));
    }

    [Fact]
    public async Task Change_by_another_host_is_seen_by_the_next_search_and_nothing_is_lost()
    {
        using var stores = Connect();
        using var others = Connect();
        var hosts = new[] { Open(stores), Open(others), Open(stores) };
        await Task.WhenAll(hosts.Select((store, h) => Task.Run(
            async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await PutAsync(store, (h * 100) + i, 1, ("apple", []));
                    await FindAsync(store, "apple");
                }
            },
            Token)));
        Assert.All(await Task.WhenAll(hosts.Select(store => FindAsync(store, "apple"))), found => Assert.Equal(30, found.Count));
        await PutAsync(hosts[0], 1, 2, ("apple new", []));
        await hosts[1].DeleteAsync(Id(1), 2, Token);
        await hosts[0].DeleteAsync(Id(2), int.MaxValue, Token);
        Assert.Equal(29, (await FindAsync(hosts[1], "apple")).Count);
        await others.DropAsync(Tenant, null, Token);
        Assert.Empty(await FindAsync(hosts[0], "apple"));
        await PutAsync(hosts[1], 7, 1, ("apple after", []));
        Assert.Equal(["apple after"], (await FindAsync(hosts[0], "apple")).Select(x => x.Chunk.Text));
    }

    [Fact]
    public async Task Collection_whose_maker_died_before_its_indexes_is_finished_by_the_next()
    {
        using var dying = Connect(retries: 0);
        _server.Fault = request => request.RequestUri!.AbsolutePath.EndsWith("/index", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : null;
        await Assert.ThrowsAsync<TransientException>(() => PutAsync(Open(dying), 1, 1, ("apple", [])));
        _server.Fault = _ => null;
        using var next = Connect(retries: 0);
        Assert.Empty(await FindAsync(Open(next), "apple"));
        await PutAsync(Open(next), 1, 1, ("apple", []));
        Assert.Single(await FindAsync(Open(next), "apple"));
    }

    [Fact]
    public async Task Revision_whose_writing_stopped_is_never_seen_and_written_again_leaves_nothing()
    {
        using var stores = Connect(retries: 0);
        var store = Open(stores);
        await PutAsync(store, 1, 1, ("apple old", []));
        for (var stop = 1; stop <= 4; stop++)
        {
            var sent = 0;
            _server.Fault = request => request.Method == HttpMethod.Put && ++sent >= stop ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : null;
            var fault = await Record.ExceptionAsync(() => PutAsync(store, 1, 2, ("apple half", []), ("apple whole", [])));
            _server.Fault = null;
            var found = (await FindAsync(store, "apple")).Select(x => x.Chunk.Text).Order().ToArray();
            Assert.True(fault is TransientException ? found is ["apple old"] or ["apple half", "apple whole"] : found is ["apple half", "apple whole"], string.Join(',', found));
        }

        await PutAsync(store, 1, 2, ("apple last", []));
        await store.DeleteAsync(Id(1), 2, Token);
        Assert.False(_server.Holds("apple half") || _server.Holds("apple old"));
        Assert.Equal(["apple last"], (await FindAsync(store, "apple")).Select(x => x.Chunk.Text));
    }

    // More chunks than are looked at one by one: the server's fusion of vectors and words proposes.
    [Fact]
    public async Task Nearest_of_many_are_found_by_the_servers_fusion()
    {
        using var stores = Connect();
        var (store, random) = (Open(stores), new Random(3));
        var vectors = Enumerable.Range(0, 4_200).Select(_ => UnitVectors.One(random, Width)).ToList();
        foreach (var part in vectors.Index().Chunk(300))
        {
            await PutAsync(store, part[0].Index, 1, [.. part.Select(x => ($"c{x.Index}", x.Item))]);
        }

        for (var i = 0; i < 3; i++)
        {
            var question = UnitVectors.One(random, Width);
            var exact = vectors.Index().OrderByDescending(x => TensorPrimitives.Dot<float>(question, x.Item)).Take(10).Select(x => $"c{x.Index}");
            Assert.Equal(exact, (await store.SearchAsync(new SearchRequest("zebra", 10) { Vector = question }, Token)).Select(x => x.Chunk.Text));
        }

        var word = await store.SearchAsync(new SearchRequest("c4100", 10) { Vector = vectors[7] }, Token);
Assert.Equal("c4100", word[0].Chunk.Text);
    }

    [Fact]
    public async Task Failures_that_may_pass_are_tried_again_and_others_name_no_text()
    {
        var left = 2;
        _server.Fault = _ => left-- > 0 ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) : null;
        using var stores = Connect();
        await PutAsync(Open(stores), 1, 1, ("apple", []));
        Assert.Single(await FindAsync(Open(stores), "apple"));
        using var impatient = Connect(retries: 0);
        _server.Fault = _ => throw new HttpRequestException("gone");
        await Assert.ThrowsAsync<TransientException>(() => FindAsync(Open(impatient), "apple"));
        _server.Fault = _ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("secret") };
        var refused = await Assert.ThrowsAsync<PermanentException>(() => FindAsync(Open(impatient), "apple"));
        Assert.Equal("chunk-server-refused", refused.Code);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_is_sent_where_there_is_one()
    {
        var guarded = new QdrantStandIn { ApiKey = "key" };
        using var stores = new QdrantChunkStores(new QdrantOptions(new Uri("http://stand-in/")) { ApiKey = "key" }, handler: new QdrantApiCheck(guarded.Connect()));
        Assert.Empty(await FindAsync(Open(stores), "apple"));
        using var without = new QdrantChunkStores(new QdrantOptions(new Uri("http://stand-in/")), handler: new QdrantApiCheck(guarded.Connect()));
        await Assert.ThrowsAsync<PermanentException>(() => FindAsync(Open(without), "apple"));
    }

    [Fact]
    public async Task Server_that_overwrites_where_it_is_to_insert_only_is_refused()
    {
        var old = new QdrantStandIn { IsOld = true };
        using var stores = new QdrantChunkStores(new QdrantOptions(new Uri("http://stand-in/")), handler: new QdrantApiCheck(old.Connect()));
        var refused = await Assert.ThrowsAsync<PermanentException>(() => PutAsync(Open(stores), 1, 1, ("apple", [])));
        Assert.Equal("chunk-server-old", refused.Code);
    }

    [Fact]
    public async Task Copies_bring_back_what_was_there_when_they_were_made()
    {
        using var stores = Connect();
        await PutAsync(Open(stores), 1, 1, ("apple before", []));
        Assert.Single(await FindAsync(Open(stores), "apple"));
        var made = Assert.Single(await stores.Snapshots.CreateAsync(Token));
        Assert.Equal([made], await stores.Snapshots.ListAsync(Token));
        using var bytes = new MemoryStream();
        await stores.Snapshots.DownloadAsync(made, bytes, Token);
        await PutAsync(Open(stores), 2, 1, ("apple after", []));
        await stores.Snapshots.RecoverAsync(made.Collection, () => new MemoryStream(bytes.ToArray()), Token);
        Assert.Equal(["apple before"], (await FindAsync(Open(stores), "apple")).Select(x => x.Chunk.Text));
        await stores.Snapshots.DeleteAsync(made, Token);
        Assert.Empty(await stores.Snapshots.ListAsync(Token));
        await Assert.ThrowsAsync<PermanentException>(() => stores.Snapshots.DownloadAsync(made, Stream.Null, Token));
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static DocumentId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static IChunkStore Open(QdrantChunkStores stores) =>
        stores.Open(Tenant, new DomainProfile { Id = "domain", Name = "domain", Description = "domain" }, Model);

    private static Task PutAsync(IChunkStore store, int document, int revision, params (string Text, float[] Vector)[] chunks) => store.UpsertAsync(
        new StoredDocument(Id(document), ""),
        revision,
        [.. chunks.Select((x, i) => new EmbeddedChunk(new Chunk(Id(document), i, x.Text, "", null, i, i + 1), x.Vector))],
        Token);

    private static Task<IReadOnlyList<Candidate>> FindAsync(IChunkStore store, string query) => store.SearchAsync(new SearchRequest(query, 1000), Token);

    private QdrantChunkStores Connect(int retries = 4) =>
        new(new QdrantOptions(new Uri("http://stand-in/")) { Retries = retries }, handler: new QdrantApiCheck(_server.Connect()));
}
