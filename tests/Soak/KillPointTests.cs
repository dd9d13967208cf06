using System.Net.Http.Headers;
using System.Text.Json;
using Tessera.Host.Startup;
using Tessera.Integration;
using Tessera.Integration.Plugins;

namespace Tessera.Soak;

/// <summary>P2: every step is a safe place to die; the start after it brings all right, and the one after that changes nothing.</summary>
public sealed class KillPointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RowsKind, string> Points
    {
        get
        {
            var points = new TheoryData<RowsKind, string>();
            foreach (var point in KillPoint.All.Where((_, i) => Scale.IsFull || i % 7 == Scale.Seed % 7))
            {
                points.Add(RowsKind.Sqlite, point);
                points.Add(RowsKind.Postgres, point);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Death_at_a_step_is_made_good_by_the_next_start_and_the_second_changes_nothing(RowsKind rows, string point)
    {
        // The checkout's own key: a new version of the domain that came with the host.
        using var publisher = new TestPublisher(Checkout.File(".keys/dev.pem"));
        await using var host = await SoakHost.CreateAsync(rows);
        var (kept, asked) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        var deleted = new List<int>();
        if (point != KillPoint.Migrated)
        {
            await host.RequireAsync();
            await UploadAsync(host, kept, asked, [0, 1], 1);
            await Papers.EndAsync(host.Http);
            await host.KillAsync();
        }

        // The host dies somewhere in here; where exactly is the point.
        if (await host.StartAsync((KillPoint.Variable, point)))
        {
            await WorkAsync(host, publisher, kept, asked, deleted);
            await host.WaitForEndAsync(Patience);
        }

        Assert.True(host.HasEnded, $"It passed {point} alive.");
        await host.RequireAsync();
        Assert.Empty(await Papers.CheckAsync(host.Http, kept, asked.Where(x => !deleted.Contains(x.Key)).ToDictionary()));
        var gone = deleted.ConvertAll(paper => Papers.Word(paper, asked[paper]));
        Assert.All(gone, word => Assert.Empty(Papers.FindAsync(host.Http, word).GetAwaiter().GetResult()));
        var after = await SnapshotAsync(host);
        await host.KillAsync();
        await host.RequireAsync();
        Assert.Equal(after, await SnapshotAsync(host));
        Scale.Print($"P2 {rows}: {point} recovered, the second restart changed nothing");
    }

    private static async Task WorkAsync(SoakHost host, TestPublisher publisher, Dictionary<int, int> kept, Dictionary<int, int> asked, List<int> deleted)
    {
        await UploadAsync(host, kept, asked, [0, 2], 2);
        if (host.HasEnded)
        {
            return;
        }

        try
        {
            await Papers.EndAsync(host.Http);
            var one = (await Papers.ListAsync(host.Http)).Single(x => x.GetProperty("name").GetString() == Papers.NameOf(1)).GetProperty("id").GetGuid();
            deleted.Add(1);
            kept.Remove(1);
            using (var reply = await host.Http.DeleteAsync(new Uri($"/api/v1/documents/{one}", UriKind.Relative), Token))
            {
            }

            // A package without an embedder: the index is built anew.
            using var form = new MultipartFormDataContent();
            var part = new ByteArrayContent(publisher.Package("1.0.0", without: "models/"));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "file", "legal.tessera");
            using var installed = await host.Http.PostAsync(new Uri("/api/v1/admin/plugins", UriKind.Relative), form, Token);
        }
        catch (Exception died) when (died is HttpRequestException or IOException or TaskCanceledException && !Token.IsCancellationRequested)
        {
            // So it should.
        }
    }

    private static async Task UploadAsync(SoakHost host, Dictionary<int, int> kept, Dictionary<int, int> asked, int[] papers, int revision)
    {
        foreach (var paper in papers)
        {
            asked[paper] = revision;
            if (await Papers.UploadAsync(host.Http, paper, revision, Token) is not null)
            {
                kept[paper] = revision;
            }
        }
    }

    // Documents, files and the domain's version; once no job is left.
    private static async Task<string> SnapshotAsync(SoakHost host)
    {
        for (var started = TimeProvider.System.GetTimestamp(); ;)
        {
            var jobs = await Papers.GetAsync(host.Http, "/api/v1/admin/jobs?limit=200");
            if (!jobs.GetProperty("items").EnumerateArray().Any(job => job.GetProperty("state").GetString() is "Running" or "Queued" && job.GetProperty("kind").GetString() != "Tidy"))
            {
                break;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Jobs are left: {jobs}");
            await Task.Delay(100, Token);
        }

        var documents = (await Papers.ListAsync(host.Http)).Select(x => x.ToString()).Order(StringComparer.Ordinal);
        var blobs = Path.Combine(host.Folder, "data", "blobs");
        var files = Directory.EnumerateFiles(blobs, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(blobs, file)} {new FileInfo(file).Length}").Order(StringComparer.Ordinal);
        var plugins = (await Papers.GetAsync(host.Http, "/api/v1/admin/plugins")).GetProperty("items").EnumerateArray()
            .Select(x => JsonSerializer.Serialize(new { id = x.GetProperty("id").GetString(), version = x.GetProperty("version").GetString(), state = x.GetProperty("state").GetString() }));
        return string.Join('\n', documents.Concat(files).Concat(plugins));
    }
}
