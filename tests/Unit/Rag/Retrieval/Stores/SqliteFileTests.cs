using Tessera.Rag.Retrieval.Indexing;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>What the embedded store does beyond the suite: files that were cut off, damaged or analysed another way, and memory.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly TenantId Tenant = new(Guid.Parse("22222222-0000-4000-8000-000000000001"));

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-store-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string TenantFolder => Path.Combine(_folder, Tenant.ToString());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A copy taken at any moment, log included, is what a power cut leaves: it holds every document whole, and all that was answered for.
    [Fact]
    public async Task Copy_taken_while_writing_opens_whole()
    {
        using var stores = new SqliteChunkStores(_folder);
        var store = Open(stores);
        await PutAsync(store, 1, 1, 3);
        var confirmed = 1;
        var writer = Task.Run(
            async () =>
            {
                for (var revision = 2; revision <= 60; revision++)
                {
                    await PutAsync(store, 1, revision, (revision % 7) + 1);
                    Volatile.Write(ref confirmed, revision);
                }
            },
            Token);
        for (var round = 0; !writer.IsCompleted; round++)
        {
            var before = Volatile.Read(ref confirmed);
            var copy = Path.Combine(_folder, $"copy-{round}");
            CopyLogLast(copy);
            using var reopened = new SqliteChunkStores(copy);
            var found = (await FindAsync(Open(reopened))).Select(x => x.Chunk.Text).ToList();
            var revision = int.Parse(Assert.Single(found.Distinct())["apple r".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(revision == 1 ? 3 : (revision % 7) + 1, found.Count);
            Assert.True(revision >= before, $"revision {revision} after {before} was confirmed");
        }

        await writer;
    }

    [Fact]
    public async Task File_whose_log_was_cut_off_opens_at_the_last_whole_revision()
    {
        using (var stores = new SqliteChunkStores(_folder))
        {
            await PutAsync(Open(stores), 1, 1, 2);
            await PutAsync(Open(stores), 1, 2, 400);
            CopyLogLast(Path.Combine(_folder, "cut"));
        }

        var log = Directory.GetFiles(Path.Combine(_folder, "cut", Tenant.ToString()), "*-wal").Single();
        using (var stream = File.OpenWrite(log))
        {
            stream.SetLength(stream.Length - 5000);
        }

        using var reopened = new SqliteChunkStores(Path.Combine(_folder, "cut"));
        Assert.Equal(["apple r1", "apple r1"], (await FindAsync(Open(reopened))).Select(x => x.Chunk.Text));
        await PutAsync(Open(reopened), 1, 2, 5);
        Assert.Equal(5, (await FindAsync(Open(reopened))).Count);
    }

    [Fact]
    public async Task Bytes_that_a_stop_left_in_the_log_go_when_the_file_is_opened()
    {
        var copy = Path.Combine(_folder, "stopped");
        using (var stores = new SqliteChunkStores(_folder))
        {
            await PutAsync(Open(stores), 1, 1, 2);
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(TenantFolder, "domain.db")};Pooling=False");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA secure_delete=ON; UPDATE chunk SET text = 'something else'";
            await command.ExecuteNonQueryAsync(Token);
            CopyLogLast(copy);
        }

        Assert.True(Holds(copy, "apple r1"));
        using var reopened = new SqliteChunkStores(copy);
        await Open(reopened).EnsureCreatedAsync(Token);
        Assert.False(Holds(copy, "apple r1"));
        Assert.True(Holds(copy, "something else"));
    }

    [Fact]
    public async Task Damaged_file_is_named_as_such()
    {
        using (var stores = new SqliteChunkStores(_folder))
        {
            await PutAsync(Open(stores), 1, 1, 2);
        }

        var file = Directory.GetFiles(TenantFolder, "*.db").Single();
        await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)'x', 8192)], Token);
        using var reopened = new SqliteChunkStores(_folder);
        var fault = await Assert.ThrowsAsync<PermanentException>(() => FindAsync(Open(reopened)));
        Assert.Equal("index-damaged", fault.Code);
        await Assert.ThrowsAsync<PermanentException>(() => PutAsync(Open(reopened), 1, 2, 2));
    }

    [Fact]
    public async Task Words_are_made_anew_when_a_domain_makes_them_another_way()
    {
        using var stores = new SqliteChunkStores(_folder);
        var prose = Open(stores);
        var id = Id(1);
        await prose.UpsertAsync(new StoredDocument(id, ""), 1, [new EmbeddedChunk(new Chunk(id, 0, "x => y", "", null, 0, 6))], Token);
        Assert.Empty(await FindAsync(prose, "=>"));
        var code = Open(stores, TextAnalysis.Code);
        Assert.Single(await FindAsync(code, "=>"));
        await Assert.ThrowsAsync<TransientException>(() => PutAsync(prose, 2, 1, 1));
        Assert.Single(await FindAsync(code, "=>"));
        Assert.Same(code, Open(stores, TextAnalysis.Code));
    }

    [Fact]
    public async Task Change_by_another_process_is_seen()
    {
        using var stores = new SqliteChunkStores(_folder);
        using var others = new SqliteChunkStores(_folder);
        await PutAsync(Open(stores), 1, 1, 2);
        Assert.Equal(2, (await FindAsync(Open(stores))).Count);
        Assert.Equal(2, (await FindAsync(Open(others))).Count);
        await PutAsync(Open(others), 2, 1, 3);
        Assert.Equal(5, (await FindAsync(Open(stores))).Count);
        await PutAsync(Open(stores), 3, 1, 1);
        Assert.Equal(6, (await FindAsync(Open(others))).Count);
    }

    [Fact]
    public async Task Unused_index_leaves_memory_and_comes_back()
    {
        var clock = new FakeTimeProvider();
        using var memory = new IndexMemory(new ChunkStoresOptions { IndexIdle = TimeSpan.FromMinutes(10) }, clock);
        var cell = new IndexCell(memory);
        cell.Write(() => new());
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(cell.Current);
        cell.Read(_ => "used");
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(cell.Current);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(cell.Current);

        using var stores = new SqliteChunkStores(_folder, clock: clock);
        await PutAsync(Open(stores), 1, 1, 2);
        Assert.Equal(2, (await FindAsync(Open(stores))).Count);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await FindAsync(Open(stores))).Count);
    }

    [Fact]
    public async Task Indexes_over_the_budget_go_and_searches_still_answer()
    {
        using var stores = new SqliteChunkStores(_folder, new ChunkStoresOptions { IndexBudget = 1 });
        var open = Enumerable.Range(0, 4).Select(x => Open(stores, id: $"domain-{x}")).ToList();
        foreach (var (number, store) in open.Index())
        {
            await PutAsync(store, 1, 1, number + 1);
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var (number, store) in open.Index())
            {
                Assert.Equal(number + 1, (await FindAsync(store)).Count);
            }
        }
    }

    [Fact]
    public void Longest_unused_index_goes_first()
    {
        var clock = new FakeTimeProvider();
        using var memory = new IndexMemory(new ChunkStoresOptions { IndexBudget = 1 }, clock);
        var cells = Enumerable.Range(0, 2).Select(_ => new IndexCell(memory)).ToList();
        foreach (var cell in cells)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            cell.Write(() => Index());
        }

        Assert.Null(cells[0].Current);
        Assert.NotNull(cells[1].Current);
    }

    [Fact]
    public void Index_that_alone_is_over_the_budget_stays_while_it_is_used_and_goes_when_it_is_not()
    {
        var clock = new FakeTimeProvider();
        using var memory = new IndexMemory(new ChunkStoresOptions { IndexBudget = 1 }, clock);
        using var cell = new IndexCell(memory);
        cell.Write(() => Index());
        for (var minute = 0; minute < 15; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotNull(cell.Read(index => index));
        }

        clock.Advance(TimeSpan.FromMinutes(12));
        Assert.Null(cell.Current);
    }

    private static ChunkIndex Index()
    {
        var index = new ChunkIndex();
        index.Add(new(1, new StoredDocument(Id(1), ""), 1), new RevisionFields(RevisionFields.Write("a name", [], TextAnalyzer.For(TextAnalysis.Prose), Token)), []);
        return index;
    }

    private static DocumentId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static IChunkStore Open(SqliteChunkStores stores, TextAnalysis analysis = TextAnalysis.Prose, string id = "domain") =>
        stores.Open(Tenant, new DomainProfile { Id = id, Name = id, Description = id, Analysis = analysis }, null);

    private static Task PutAsync(IChunkStore store, int document, int revision, int chunks) => store.UpsertAsync(
        new StoredDocument(Id(document), ""),
        revision,
        [.. Enumerable.Range(0, chunks).Select(i => new EmbeddedChunk(new Chunk(Id(document), i, $"apple r{revision}", "", null, i, i + 1)))],
        Token);

    private static Task<IReadOnlyList<Candidate>> FindAsync(IChunkStore store, string query = "apple") =>
        store.SearchAsync(new SearchRequest(query, 1000), Token);

    private static bool Holds(string folder, string text) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Any(x => File.ReadAllBytes(x).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    // The log after the file, and few enough changes that SQLite does not move the log into the file meanwhile.
    private void CopyLogLast(string to)
    {
        Directory.CreateDirectory(Path.Combine(to, Tenant.ToString()));
        foreach (var ending in (string[])["", "-wal"])
        {
            File.Copy(Path.Combine(TenantFolder, "domain.db" + ending), Path.Combine(to, Tenant.ToString(), "domain.db" + ending), overwrite: true);
        }
    }
}
