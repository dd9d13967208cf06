using System.Net;

namespace Tessera.Integration.Documents;

public sealed class DeletionTests(HostFixture host)
{
    [Fact]
    public async Task Delete_answers_at_once_and_leaves_no_row_chunk_or_byte()
    {
        var bench = await Bench.OnAsync(host);
        var id = await bench.Http.AddAsync("a secret that must go", "secret.txt");
        await bench.Http.SearchableAsync(id);
        Assert.NotEqual(0, await bench.ChunksKeptAsync(id));
        using var deleted = await bench.Http.DeleteAsync($"/api/v1/documents/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await bench.Http.DeleteAsync($"/api/v1/documents/{id}", TestContext.Current.CancellationToken);
        await again.ExpectProblemAsync(404, "not-found");
        await bench.ExpectGoneAsync(id);
        Assert.Empty(bench.Blobs());
        Assert.Empty(await bench.SearchAsync("secret"));
    }

    [Fact]
    public async Task Delete_in_the_middle_of_an_ingest_wins()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (_, _) => { reached.TrySetResult(); return go.Task; } });
        var id = await bench.Http.AddAsync("a secret that must go", "secret.txt");
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        using var deleted = await bench.Http.DeleteAsync($"/api/v1/documents/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        go.SetResult();
        await bench.ExpectGoneAsync(id);
        Assert.Empty(bench.Blobs());
    }

    [Fact]
    public async Task New_revision_in_the_middle_of_an_ingest_wins()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (_, _) => { reached.TrySetResult(); return go.Task; } });
        var id = await bench.Http.AddAsync("the old text", "note.txt");
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(id, await bench.Http.AddAsync("the new text", "note.txt"));
        go.SetResult();
        var document = await bench.Http.SearchableAsync(id);
        Assert.Equal("the new text", await bench.Http.TextAsync(id));
        Assert.Equal("the new text", Assert.Single(await bench.SearchAsync("text")).Chunk.Text);
        await bench.ExpectIdleAsync();
        await bench.ExpectBlobsAsync(id, $"{id:N}.2", $"{id:N}.2.txt");
    }

    [Fact]
    public async Task Uploads_and_deletes_at_once_leave_what_was_said_last()
    {
        var bench = await Bench.OnAsync(host);
        var random = new Random(7);
        var plans = Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 8).Select(_ => random.Next(4)).ToArray()).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, plans.Length), TestContext.Current.CancellationToken, async (file, _) =>
        {
            var name = $"file-{file % 4}.txt";
            foreach (var (step, action) in plans[file].Index())
            {
                using var reply = await bench.Http.UploadAsync(System.Text.Encoding.UTF8.GetBytes($"words of {file} at {step}"), name);
                Assert.True(reply.IsSuccessStatusCode, reply.ToString());
                if (action == 0)
                {
                    await bench.Http.DeleteAsync(new Uri(reply.Headers.Location?.OriginalString ?? "/", UriKind.Relative), TestContext.Current.CancellationToken);
                }
            }
        });

        var page = await bench.Http.GetJsonAsync($"{DocumentCalls.Route}?limit=200");
        var kept = page.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetGuid()).ToList();
        Assert.InRange(kept.Count, 0, 4);
        var expected = new List<string>();
        foreach (var id in kept)
        {
            var document = await bench.Http.SearchableAsync(id);
            var bytes = await bench.Http.GetStringAsync($"/api/v1/documents/{id}/content", TestContext.Current.CancellationToken);
            Assert.Equal(bytes, await bench.Http.TextAsync(id));
            Assert.Equal(bytes, Assert.Single(await bench.Http.ChunksAsync(id)).GetProperty("text").GetString());
            var revision = document.GetProperty("revision").GetInt32();
            expected.AddRange([$"{id:N}.{revision}", $"{id:N}.{revision}.txt"]);
        }

        await bench.ExpectIdleAsync();
        Assert.Equal(expected.Order(StringComparer.Ordinal), bench.Blobs());
        Assert.Equal(kept.Order(), (await bench.SearchAsync("words")).Select(x => x.Chunk.Document.Value).Distinct().Order());
    }

    [Fact]
    public async Task Restart_goes_on_with_what_was_queued()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-restart-").FullName;
        try
        {
            Guid id;
            Bench before;
            string key;
            var reached = new TaskCompletionSource();
            await using (var first = await HostFixture.StartAsync(folder: folder))
            {
                before = await Bench.OnAsync(first);
                key = before.Caller.Key;
                TestDomain.PutIn(first.Services, new TestDomain
                {
                    Before = (_, stop) => { reached.TrySetResult(); return Task.Delay(Timeout.Infinite, stop); },
                });
                id = await before.Http.AddAsync("what was being read", "half.txt");
                await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
            }

            await using var second = await HostFixture.StartAsync(folder: folder, beforeStart: services => TestDomain.PutIn(services));
            var bench = new Bench(second, before.Caller with { Http = second.Client(key) });
            await bench.Http.SearchableAsync(id);
            Assert.Single(await bench.SearchAsync("read"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
