using System.Collections.Concurrent;
using System.Net;

namespace Tessera.Soak;

/// <summary>P5: eight people upload, replace, delete and ask at once; what each was told is so then and at the end.</summary>
public sealed class EditTests
{
    private const int Clients = 8;
    private const int PapersEach = 4;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(Scale.Of(20, 8));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RowsKind.Sqlite)]
    [InlineData(RowsKind.Postgres)]
    public async Task Edits_of_many_at_once_bring_nothing_back_lose_nothing_and_double_nothing(RowsKind rows)
    {
        var (acts, broken) = (0, new ConcurrentBag<string>());
        var seeds = Scale.Of(20, 1);
        for (var seed = 0; seed < seeds; seed++)
        {
            await using var host = await SoakHost.CreateAsync(rows);
            await host.RequireAsync();
            var worlds = Enumerable.Range(0, Clients).Select(client => new World(host.Http, client, new Random(HashCode.Combine(Scale.Seed, seed, client)), broken)).ToList();
            await Task.WhenAll(worlds.Select(world => world.RunAsync(Round)));
            acts += worlds.Sum(world => world.Acts);

            var there = worlds.SelectMany(world => world.There).ToDictionary();
            foreach (var wrong in await Papers.CheckAsync(host.Http, there, there))
            {
                broken.Add(wrong);
            }

            var names = (await Papers.ListAsync(host.Http)).Select(x => x.GetProperty("name").GetString()!).Order(StringComparer.Ordinal);
            if (!names.SequenceEqual(there.Keys.Select(Papers.NameOf).Order(StringComparer.Ordinal)))
            {
                broken.Add("Other documents are there than were left.");
            }
        }

        Scale.Print($"P5 {rows}: {seeds} seeds, {Clients} clients, {acts} acts, {broken.Count} resurrected, lost or doubled (bar: 0)");
        Assert.Empty(broken);
        Assert.True(acts > Clients * PapersEach, "Hardly anything was done.");
    }

    /// <summary>One person, and what must be true of the papers that only this person edits.</summary>
    private sealed class World(HttpClient http, int client, Random random, ConcurrentBag<string> broken)
    {
        private readonly Dictionary<int, Guid> ids = [];
        private readonly Dictionary<int, int> revisions = [];

        public int Acts { get; private set; }

        /// <summary>The papers that are there, in these revisions.</summary>
        public Dictionary<int, int> There { get; } = [];

        public async Task RunAsync(TimeSpan limit)
        {
            for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < limit; Acts++)
            {
                var paper = (client * PapersEach) + random.Next(PapersEach);
                await (random.Next(10) switch
                {
                    < 5 => UploadAsync(paper),
                    < 7 => DeleteAsync(paper),
                    _ => AskAsync(paper),
                });
            }
        }

        private async Task UploadAsync(int paper)
        {
            var revision = revisions[paper] = revisions.GetValueOrDefault(paper) + 1;
            if (await Papers.UploadAsync(http, paper, revision, Token) is not { } id)
            {
                broken.Add($"{Papers.NameOf(paper)} was not taken in.");
                return;
            }

            if (There.ContainsKey(paper) && ids[paper] != id)
            {
                broken.Add($"{Papers.NameOf(paper)} became another document.");
            }

            (ids[paper], There[paper]) = (id, revision);
        }

        private async Task DeleteAsync(int paper)
        {
            if (There.Remove(paper))
            {
                using var reply = await http.DeleteAsync(new Uri($"/api/v1/documents/{ids[paper]}", UriKind.Relative), Token);
                if (reply.StatusCode != HttpStatusCode.NoContent)
                {
                    broken.Add($"{Papers.NameOf(paper)} was not deleted: {reply.StatusCode}.");
                }
            }
        }

        // Of a paper that was deleted no revision is found, from then on.
        private async Task AskAsync(int paper)
        {
            var revision = revisions.GetValueOrDefault(paper);
            if (revision > 0 && !There.ContainsKey(paper) && (await Papers.FindAsync(http, Papers.Word(paper, revision))).Count > 0)
            {
                broken.Add($"{Papers.NameOf(paper)} was deleted and is found.");
            }
        }
    }
}
