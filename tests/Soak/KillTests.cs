using System.Collections.Concurrent;

namespace Tessera.Soak;

/// <summary>P1: no document that was acknowledged is lost, doubled or half indexed, whenever the host dies.</summary>
public sealed class KillTests
{
    private const int Uploads = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RowsKind.Sqlite)]
    [InlineData(RowsKind.Postgres)]
    public async Task Host_killed_at_random_moments_during_uploads_loses_and_doubles_nothing(RowsKind rows)
    {
        var (rounds, kills) = (Scale.Of(10, 1), Scale.Of(20, 4));
        var (total, slowest, broken) = (0, TimeSpan.Zero, new List<string>());
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(Scale.Seed + round);
            await using var host = await SoakHost.CreateAsync(rows);
            var kept = new ConcurrentDictionary<int, int>();
            var asked = new ConcurrentDictionary<int, int>();
            for (var kill = 0; kill < kills; kill++, total++)
            {
                if (random.Next(8) == 0)
                {
                    // In the midst of a start.
                    var starting = host.StartAsync();
                    await Task.Delay(random.Next(200, 2500), Token);
                    await host.KillAsync();
                    await starting;
                    continue;
                }

                await host.RequireAsync();
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
                var work = UploadAsync(host.Http, kept, asked, Uploads / kills * 2, new Random(random.Next()), ended.Token);
                await Task.Delay(random.Next(50, 2500), Token);
                await host.KillAsync();
                await ended.CancelAsync();
                await work;
            }

            await host.RequireAsync();
            var (_, took) = await Papers.EndAsync(host.Http);
            slowest = took > slowest ? took : slowest;
            broken.AddRange(await Papers.CheckAsync(host.Http, kept, asked));
        }

        Scale.Print($"P1 {rows}: {total} kills during {rounds} x {Uploads} uploads, {broken.Count} broken, all terminal {slowest.TotalSeconds:0.0} s after the last start at most (bar: 0, 60 s)");
        Assert.Empty(broken);
    }

    // New papers and new revisions of old ones; each paper by one writer at a time, so that its last acknowledged revision is known.
    private static async Task UploadAsync(
        HttpClient http, ConcurrentDictionary<int, int> kept, ConcurrentDictionary<int, int> asked, int count, Random random, CancellationToken ended)
    {
        for (var sent = 0; sent < count && !ended.IsCancellationRequested; sent += 2)
        {
            var papers = new[] { random.Next(Uploads / 2), (Uploads / 2) + random.Next(Uploads / 2) };
            await Task.WhenAll(papers.Select(async paper =>
            {
                var revision = asked.AddOrUpdate(paper, 1, (_, before) => before + 1);
                if (await Papers.UploadAsync(http, paper, revision, ended) is not null)
                {
                    kept[paper] = revision;
                }
            }));
        }
    }
}
