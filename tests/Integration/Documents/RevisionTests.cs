using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Documents;
using Tessera.Rag;

namespace Tessera.Integration.Documents;

/// <summary>What is there of a document while its newest revision cannot be read, and what a start finds of one that was cut off.</summary>
public sealed class RevisionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revision_that_fails_leaves_the_one_before_to_searches_and_says_so()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var id = await bench.Http.AddAsync("the old text", "note.txt");
        var before = await bench.Http.SearchableAsync(id);
        Fail(own);
        Assert.Equal(id, await bench.Http.AddAsync("the new text, which is longer", "note.txt"));
        var failed = await bench.Http.EndAsync(id);
        Assert.Equal("Failed", failed.Text("status"));
        Assert.Equal(2, failed.GetProperty("revision").GetInt32());
        Assert.Equal("Not this one. Until then searches see revision 1.", failed.Text("reason"));
        Assert.Equal(before.GetProperty("chunks").GetInt32(), failed.GetProperty("chunks").GetInt32());
        Assert.Equal("the new text, which is longer", await bench.Http.GetStringAsync($"/api/v1/documents/{id}/content", Token));
        await ExpectTextAsync(bench, id, "the old text");

        TestDomain.PutIn(own.Services);
        using var retry = await bench.Http.PostAsync($"/api/v1/documents/{id}/retry", null, Token);
        await bench.Http.SearchableAsync(id);
        await ExpectTextAsync(bench, id, "the new text, which is longer");
    }

    [Fact]
    public async Task Revision_that_is_read_otherwise_and_fails_keeps_the_text_that_searches_see()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var id = await bench.Http.AddAsync("the old text", "note.txt");
        await bench.Http.SearchableAsync(id);
        Fail(own);
        var blob = own.Services.GetRequiredService<BlobStore>().PathOf(bench.Caller.Tenant, id, 1);
        await File.WriteAllTextAsync(blob, "as another version of the reader reads it", Token);
        using var retry = await bench.Http.PostAsync($"/api/v1/documents/{id}/retry", null, Token);
        Assert.Equal("Failed", (await bench.Http.EndAsync(id)).Text("status"));
        await ExpectTextAsync(bench, id, "the old text");
    }

    [Fact]
    public async Task Archive_that_is_overtaken_by_a_broken_revision_keeps_its_entries()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var archive = await bench.Http.AddAsync(Zip("plum.txt", "a plum"), "fruit.zip");
        await bench.Http.SearchableAsync(archive);
        await bench.ExpectIdleAsync();
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (_, _) => { reached.TrySetResult(); return go.Task; } });
        using var retry = await bench.Http.PostAsync($"/api/v1/documents/{archive}/retry", null, Token);
        await reached.Task.WaitAsync(Token);
        await bench.Http.AddAsync("PK\u0003\u0004 is all that is left of it", "fruit.zip");
        go.SetResult();
        Assert.Equal("Failed", (await bench.Http.EndAsync(archive)).Text("status"));

        var listed = await bench.Http.GetJsonAsync(DocumentCalls.Route);
        var plum = Assert.Single(listed.GetProperty("items").EnumerateArray(), x => x.Text("name") == "plum.txt").Id();
        Assert.Equal("a plum", await bench.Http.GetStringAsync($"/api/v1/documents/{plum}/content", Token));
        Assert.Equal("a plum", await bench.Http.TextAsync(plum));
    }

    [Fact]
    public async Task Start_takes_bytes_away_that_no_row_knows_and_no_others()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-restart-").FullName;
        try
        {
            Guid id;
            Bench before;
            await using (var first = await HostFixture.StartAsync(folder: folder))
            {
                before = await Bench.OnAsync(first);
                id = await before.Http.AddAsync("kept", "kept.txt");
                await before.Http.SearchableAsync(id);
                var blobs = first.Services.GetRequiredService<BlobStore>();
                string[] cutOff = [blobs.PathOf(before.Caller.Tenant, id, 2), blobs.PathOf(before.Caller.Tenant, Guid.CreateVersion7(), 1), blobs.TextPathOf(before.Caller.Tenant, Guid.CreateVersion7(), 1)];
                foreach (var path in cutOff.Append(Path.Combine(Path.GetDirectoryName(cutOff[0])!, "note.of-somebody-else")))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await File.WriteAllTextAsync(path, "cut off", Token);

                    // Beside other hosts only what has lain there for long is nobody's.
                    File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1));
                }

                Assert.Equal(6, before.Blobs().Count);
            }

            await using var second = await HostFixture.StartAsync(folder: folder, beforeStart: services => TestDomain.PutIn(services));
            Assert.Equal([$"{id:N}.1", $"{id:N}.1.txt", "note.of-somebody-else"], before.Blobs());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fail(HostFixture host) => TestDomain.PutIn(
        host.Services, new TestDomain { Before = (_, _) => throw new PermanentException("not-this", "Not this one.") });

    private static async Task ExpectTextAsync(Bench bench, Guid id, string text)
    {
        Assert.Equal(text, await bench.Http.TextAsync(id));
        Assert.Equal(text, Assert.Single(await bench.Http.ChunksAsync(id)).Text("text"));
        Assert.Equal(text, Assert.Single(await bench.SearchAsync("text")).Chunk.Text);
    }

    private static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
        {
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
