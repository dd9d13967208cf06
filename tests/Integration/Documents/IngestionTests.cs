using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tessera.Integration.Documents;

public sealed class IngestionTests(HostFixture host)
{
    private const string Text = "# Lease\n\nThe tenant pays 500 € a month – naïvely early.\n\n## Term\n\nIt runs for five years 😀.\n";

    [Fact]
    public async Task Upload_becomes_searchable_and_everything_told_of_it_is_true()
    {
        var bench = await Bench.OnAsync(host);
        var bytes = Encoding.UTF8.GetBytes(Text);
        var id = await bench.Http.AddAsync(
            bytes, "lease.md", ("folder", "/contracts/2024/"), ("tags", "rent"), ("tags", "signed"), ("date", "2024-02-29"), ("language", "en"));
        var document = await bench.Http.SearchableAsync(id);
        Assert.Equal(
            ["id", "parentId", "domain", "name", "folder", "tags", "date", "language", "bytes", "sha256", "revision", "pages", "chunks", "status", "reason", "reasonCode", "createdAt"],
            document.EnumerateObject().Select(x => x.Name));
        Assert.Equal("contracts/2024", document.GetProperty("folder").GetString());
        Assert.Equal(["rent", "signed"], document.GetProperty("tags").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal("2024-02-29", document.GetProperty("date").GetString());
        Assert.Equal(bytes.Length, document.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), document.GetProperty("sha256").GetString());
        Assert.Equal(1, document.GetProperty("revision").GetInt32());

        Assert.Equal(bytes, await bench.Http.GetByteArrayAsync($"/api/v1/documents/{id}/content", TestContext.Current.CancellationToken));
        var raw = await bench.Http.GetByteArrayAsync($"/api/v1/documents/{id}/content?format=text", TestContext.Current.CancellationToken);
        var text = new UTF8Encoding(false, true).GetString(raw);
        Assert.NotEqual('\ufeff', text[0]);
        var chunks = await bench.Http.ChunksAsync(id, limit: 1);
        Assert.Equal(document.GetProperty("chunks").GetInt32(), chunks.Count);
        Assert.True(chunks.Count > 1);
        Assert.Equal(Enumerable.Range(0, chunks.Count), chunks.Select(x => x.GetProperty("ordinal").GetInt32()));
        Assert.All(chunks, x => Assert.Equal(x.GetProperty("text").GetString(), text[x.GetProperty("start").GetInt32()..x.GetProperty("end").GetInt32()]));
        Assert.Contains("five years", Assert.Single(await bench.SearchAsync("five years")).Chunk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_name_keeps_the_id_within_its_folder_and_counts_revisions()
    {
        var bench = await Bench.OnAsync(host);
        var id = await bench.Http.AddAsync("the first words", "note.txt");
        await bench.Http.SearchableAsync(id);
        using (var again = await bench.Http.UploadAsync("the first words"u8.ToArray(), "note.txt"))
        {
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            var ticket = JsonSerializer.Deserialize<JsonElement>(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(id, ticket.GetProperty("id").GetGuid());
            Assert.Equal("Searchable", ticket.GetProperty("status").GetString());
        }

        Assert.NotEqual(id, await bench.Http.AddAsync("the first words", "note.txt", ("folder", "other")));
        Assert.Equal(id, await bench.Http.AddAsync("altogether different", "note.txt"));
        var document = await bench.Http.SearchableAsync(id);
        Assert.Equal(2, document.GetProperty("revision").GetInt32());
        Assert.Equal("altogether different", await bench.Http.TextAsync(id));
        await bench.ExpectIdleAsync();
        await bench.ExpectBlobsAsync(id, $"{id:N}.2", $"{id:N}.2.txt");
        Assert.DoesNotContain(await bench.SearchAsync("first words"), x => x.Chunk.Document.Value == id);
    }

    [Fact]
    public async Task Archive_becomes_a_document_for_each_entry_and_goes_with_them()
    {
        var bench = await Bench.OnAsync(host);
        var id = await bench.Http.AddAsync(Zip(("a/one.txt", "apples and pears"), ("two.txt", "cherries")), "fruit.zip", ("folder", "in"), ("tags", "sweet"));
        await bench.Http.SearchableAsync(id);
        var children = await ChildrenAsync(bench, id);
        Assert.Equal(["in/fruit.zip/a/one.txt", "in/fruit.zip/two.txt"], children.Select(Where).Order(StringComparer.Ordinal));
        foreach (var child in children)
        {
            await bench.Http.SearchableAsync(child.GetProperty("id").GetGuid());
            Assert.Equal("sweet", Assert.Single(child.GetProperty("tags").EnumerateArray()).GetString());
        }

        Assert.Single(await bench.SearchAsync("cherries"));
        Assert.Equal(id, await bench.Http.AddAsync(Zip(("three.txt", "a plum")), "fruit.zip", ("folder", "in")));
        await bench.Http.SearchableAsync(id);
        foreach (var child in children)
        {
            await bench.ExpectGoneAsync(child.GetProperty("id").GetGuid());
        }

        var plum = Assert.Single(await ChildrenAsync(bench, id)).GetProperty("id").GetGuid();
        await bench.Http.SearchableAsync(plum);
        await bench.Http.DeleteAsync($"/api/v1/documents/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Http.GetAsync($"/api/v1/documents/{plum}", TestContext.Current.CancellationToken)).StatusCode);
        await bench.ExpectGoneAsync(plum);
        await bench.ExpectGoneAsync(id);
        Assert.Empty(bench.Blobs());
    }

    [Fact]
    public async Task List_is_paged_newest_first()
    {
        var bench = await Bench.OnAsync(host);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await bench.Http.AddAsync($"text {i}", $"{i}.txt"));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        var listed = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await bench.Http.GetJsonAsync($"{DocumentCalls.Route}?limit=2&cursor={cursor}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(ids, listed);
    }

    [Fact]
    public async Task Hostile_file_fails_with_a_reason_and_can_be_tried_again()
    {
        var bench = await Bench.OnAsync(host);
        var id = await bench.Http.AddAsync("%PDF-1.7\nnothing of it is true", "broken.pdf");
        var failed = await bench.Http.EndAsync(id);
        Assert.Equal("Failed", failed.GetProperty("status").GetString());
        Assert.True(failed.GetProperty("reason").GetString()!.Length > 10);
        Assert.Equal("corrupt", failed.GetProperty("reasonCode").GetString());
        using (var text = await bench.Http.GetAsync($"/api/v1/documents/{id}/content?format=text", TestContext.Current.CancellationToken))
        {
            await text.ExpectProblemAsync(409, "conflict");
        }

        using var retry = await bench.Http.PostAsync($"/api/v1/documents/{id}/retry", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, retry.StatusCode);
        Assert.Equal("Failed", (await bench.Http.EndAsync(id)).GetProperty("status").GetString());
        await bench.Http.SearchableAsync(await bench.Http.AddAsync("still alive", "after.txt"));
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static async Task<List<JsonElement>> ChildrenAsync(Bench bench, Guid archive)
    {
        var page = await bench.Http.GetJsonAsync(DocumentCalls.Route);
        return [.. page.GetProperty("items").EnumerateArray().Where(x => x.GetProperty("parentId").ValueKind == JsonValueKind.String && x.GetProperty("parentId").GetGuid() == archive)];
    }

    private static string Where(JsonElement document) => $"{document.GetProperty("folder")}/{document.GetProperty("name")}";
}
