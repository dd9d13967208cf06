using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tessera.Soak;

/// <summary>P8: backups that are taken while people upload, replace and delete are restored, whole and with nothing besides.</summary>
public sealed class BackupTests
{
    private const int Clients = 4;
    private const int PapersEach = 4;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The last one moves a laptop's data into a server.
    [Theory]
    [InlineData(RowsKind.Sqlite, RowsKind.Sqlite)]
    [InlineData(RowsKind.Postgres, RowsKind.Postgres)]
    [InlineData(RowsKind.Sqlite, RowsKind.Postgres)]
    public async Task Backups_taken_under_load_are_restored_without_orphans(RowsKind from, RowsKind to)
    {
        var broken = new List<string>();
        var (times, quiet) = (Scale.Of(20, 1), 0);
        await using var host = await SoakHost.CreateAsync(from);
        await host.RequireAsync();
        var people = Enumerable.Range(0, Clients).Select(client => new Person(host.Http, client, new Random(HashCode.Combine(Scale.Seed, client)))).ToList();
        await Task.WhenAll(people.Select(person => person.BeginAsync()));
        for (var time = 0; time < times; time++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var work = people.Select(person => person.RunAsync(resting: time % PapersEach, stop.Token)).ToList();
            await Task.Delay(Before, Token);
            var before = people.SelectMany(person => person.Now()).ToDictionary();
            var file = await TakeAsync(host);
            var after = people.SelectMany(person => person.Now()).ToDictionary();

            await stop.CancelAsync();
            await Task.WhenAll(work);

            // Of what was changed just then either state is right.
            var sure = before.Where(x => after[x.Key] == x.Value && !x.Value.IsChanging).ToDictionary(x => x.Key, x => x.Value.Revision);
            quiet += sure.Count;
            broken.AddRange((await RestoredAsync(to, file, sure, people.SelectMany(person => person.Revisions).ToDictionary())).Select(wrong => $"backup {time}: {wrong}"));
            File.Delete(file);
        }

        var acts = people.Sum(person => person.Acts);
        Scale.Print($"P8 {from} to {to}: {times} backups under load ({acts} acts), restored, {quiet} papers compared, {broken.Count} orphans, lost or broken (bar: 0)");
        Assert.Empty(broken);
        Assert.True(acts > times * Clients && quiet >= times * Clients, "Hardly anything was done.");
    }

    private static async Task<string> TakeAsync(SoakHost host)
    {
        using var reply = await host.Http.PostAsync(new Uri("/api/v1/admin/backups", UriKind.Relative), null, Token);
        reply.EnsureSuccessStatusCode();
        var made = await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
        return Path.Combine(host.DataFolder, "backups", made.GetProperty("name").GetString()!);
    }

    private static async Task<List<string>> RestoredAsync(RowsKind rows, string file, Dictionary<int, int> sure, Dictionary<int, int> newest)
    {
        await using var host = await SoakHost.CreateAsync(rows);
        await host.RunAsync("restore", file);
        await host.RequireAsync();
        var (documents, _) = await Papers.EndAsync(host.Http);
        var there = documents.Select(x => Papers.NumberOf(x.GetProperty("name").GetString()!)).ToList();
        var broken = await Papers.CheckAsync(host.Http, sure.Where(x => x.Value > 0).ToDictionary(), there.Distinct().ToDictionary(paper => paper, paper => newest[paper]));
        broken.AddRange(sure.Where(x => x.Value == 0 && there.Contains(x.Key)).Select(x => $"{Papers.NameOf(x.Key)} was deleted and is there"));
        broken.AddRange(sure.Where(x => x.Value > 0 && !there.Contains(x.Key)).Select(x => $"{Papers.NameOf(x.Key)} is lost"));
        broken.AddRange(await Orphans.FindAsync(host, [.. documents.Select(x => x.GetProperty("id").GetGuid())]));
        return broken;
    }

    /// <summary>Edits papers of their own, without a pause.</summary>
    private sealed class Person(HttpClient http, int client, Random random)
    {
        private readonly ConcurrentDictionary<int, State> states = [];
        private readonly Dictionary<int, Guid> ids = [];

        /// <summary>The newest revision that was ever sent of each paper.</summary>
        public Dictionary<int, int> Revisions { get; } = [];

        public int Acts { get; private set; }

        public KeyValuePair<int, State>[] Now() => [.. states];

        public async Task BeginAsync()
        {
            for (var paper = client * PapersEach; paper < (client + 1) * PapersEach; paper++)
            {
                states[paper] = new State(await UploadAsync(paper), 0, IsChanging: false);
            }
        }

        /// <summary>Edits until it is stopped; one of the papers rests, so that it can be compared.</summary>
        public async Task RunAsync(int resting, CancellationToken stop)
        {
            for (; !stop.IsCancellationRequested; Acts++)
            {
                var which = random.Next(PapersEach);
                var paper = (client * PapersEach) + (which == resting ? (which + 1) % PapersEach : which);
                var state = states.GetValueOrDefault(paper, new State(0, 0, IsChanging: false));
                states[paper] = state with { Act = state.Act + 1, IsChanging = true };
                var revision = await (state.Revision > 0 && random.Next(4) == 0 ? DeleteAsync(paper) : UploadAsync(paper));
                states[paper] = new State(revision, state.Act + 1, IsChanging: false);
                await Task.Delay(random.Next(150), CancellationToken.None);
            }
        }

        private async Task<int> UploadAsync(int paper)
        {
            var revision = Revisions[paper] = Revisions.GetValueOrDefault(paper) + 1;
            ids[paper] = await Papers.UploadAsync(http, paper, revision, Token) ?? throw new InvalidOperationException($"{Papers.NameOf(paper)} was not taken in.");
            return revision;
        }

        private async Task<int> DeleteAsync(int paper)
        {
            using var reply = await http.DeleteAsync(new Uri($"/api/v1/documents/{ids[paper]}", UriKind.Relative), Token);
            reply.EnsureSuccessStatusCode();
            return 0;
        }
    }

    /// <param name="Revision">0: it was deleted, or never there.</param>
    /// <param name="Act">How often it was changed.</param>
    /// <param name="IsChanging">Whether an order is under way.</param>
    private sealed record State(int Revision, int Act, bool IsChanging);
}
