using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Tessera.Soak;

/// <summary>P26: many answers are streamed at once, each its own, none late; more than the host takes are told to come again.</summary>
public sealed partial class StreamTests
{
    private const int Tenants = 4;
    private const int PapersEach = 25;
    private static readonly int Sentences = Scale.Of(20, 4);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);
    private static readonly int Streams = Scale.Of(200, 20);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(Scale.Of(60, 2));
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(Scale.Of(300, 8));
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(Scale.Of(60, 6));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_streams_at_once_are_each_their_own_and_too_many_are_told_so()
    {
        await using var engine = await StubEngine.StartAsync(Sentences, Gap);
        await using var host = await SoakHost.CreateAsync(RowsKind.Sqlite, ("TESSERA_QUESTIONS", (Streams * 5 / 2).ToString(CultureInfo.InvariantCulture)));
        await host.RequireAsync();
        var people = new List<HttpClient>();
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var (http, id) = await Tenancy.AddAsync(host, $"tenant-{tenant}");
            await Tenancy.FillAsync(http, Enumerable.Range(tenant * PapersEach, PapersEach));
            using var set = await http.PutAsJsonAsync(new Uri($"/api/v1/admin/tenants/{id}/remote", UriKind.Relative), new { baseUrl = engine.BaseUrl, enabled = true, chatModel = "stub" }, Token);
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
            people.Add(http);
        }

        var (alone, full, over) = (new Figures(), new Figures(), new Figures());
        await LoadAsync(people, Streams, new Figures(), Warm);
        await LoadAsync(people, 1, alone, Warm);
        var growth = await GrowthAsync(host, () => LoadAsync(people, Streams, full, Length));
        await LoadAsync(people, Streams * 4, over, Over);

        Scale.Print($"P26: {Streams} streams at once, {full.Done} answers, {full.Wrong} errors, {full.Foreign} foreign tokens (bar: 0); first token p99 {full.First(.99):0} ms, alone {alone.First(.99):0} ms: {full.First(.99) - alone.First(.99):0} ms more (bar: 250); gap p99 {full.Gaps(.99):0} ms, alone {alone.Gaps(.99):0} ms: {full.Gaps(.99) - alone.Gaps(.99):0} ms more (bar: 100); memory {growth:P1} more (bar: 5 %)");
        Scale.Print($"P26: {Streams * 4} at once: {over.Done} answers, {over.Refused} times 429, {over.Wrong} errors, {over.Foreign} foreign tokens; first token p99 {over.First(.99):0} ms");
        Assert.Equal((0, 0, 0), (full.Wrong, full.Foreign, full.Refused));
        Assert.Equal((0, 0), (over.Wrong, over.Foreign));
        Assert.True(full.Done > 0 && over.Refused > 0, "That was no load.");
        Assert.True(!Scale.IsFull || (full.First(.99) - alone.First(.99) <= 250 && full.Gaps(.99) - alone.Gaps(.99) <= 100 && growth <= .05), "A bar was missed.");
    }

    private static async Task LoadAsync(List<HttpClient> people, int streams, Figures figures, TimeSpan length)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            // They come one after another, and not as one.
            var tenant = i % Tenants;
            await Task.Delay(TimeSpan.FromMilliseconds(i * Sentences * 9 * Gap.TotalMilliseconds / streams), Token);
            for (var turn = 0; TimeProvider.System.GetElapsedTime(started) < length; turn++)
            {
                await StreamAsync(people[tenant], (tenant * PapersEach) + ((i + turn) % PapersEach), figures, Token);
            }
        }));
    }

    private static async Task StreamAsync(HttpClient http, int paper, Figures figures, CancellationToken cancellationToken)
    {
        var word = Papers.Word(paper, 1);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/domains/{Papers.Domain}/answers")
        {
            Content = JsonContent.Create(new { question = $"When shall the {word} party deliver the goods?", stream = true }),
        };
        var started = TimeProvider.System.GetTimestamp();
        using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (reply.StatusCode == HttpStatusCode.TooManyRequests)
        {
            figures.Refuse(reply.Headers.RetryAfter?.Delta is null);
            await Task.Delay(reply.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
            return;
        }

        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken));
        var (kind, isFirst, last, isWhole) = ("", true, started, false);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
                isWhole |= kind == "completed";
            }
            else if (kind == "delta" && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                figures.Take(isFirst, TimeProvider.System.GetElapsedTime(isFirst ? started : last), Words().Matches(line).Any(found => found.Value != word));
                (isFirst, last) = (false, TimeProvider.System.GetTimestamp());
            }
        }

        figures.End(isWhole && reply.IsSuccessStatusCode);
    }

    // Under the same load from the second fifth of the time to the last: what is taken for that load, and given back when it ends, is no growth.
    private static async Task<double> GrowthAsync(SoakHost host, Func<Task> load)
    {
        var (work, seen) = (load(), new List<long>());
        while (!work.IsCompleted)
        {
            seen.Add(Memory(host));
            await Task.WhenAny(work, Task.Delay(200, Token));
        }

        await work;
        var fifth = seen.Count / 5;
        return ((double)Median(seen[^fifth..]) / Median(seen[fifth..(2 * fifth)])) - 1;
    }

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    private static long Memory(SoakHost host) => long.Parse(
        File.ReadLines($"/proc/{host.ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    [GeneratedRegex("qz[a-j]{6}xw")]
    private static partial Regex Words();

    private sealed class Figures
    {
        private readonly ConcurrentBag<double> first = [];
        private readonly ConcurrentBag<double> gaps = [];
        private int done;
        private int wrong;
        private int foreign;
        private int refused;

        public int Done => done;

        public int Wrong => wrong;

        public int Foreign => foreign;

        public int Refused => refused;

        public double First(double share) => Percentile(first, share);

        public double Gaps(double share) => Percentile(gaps, share);

        public void Refuse(bool withoutTime)
        {
            Interlocked.Increment(ref refused);
            Interlocked.Add(ref wrong, withoutTime ? 1 : 0);
        }

        public void Take(bool isFirst, TimeSpan after, bool isForeign)
        {
            (isFirst ? first : gaps).Add(after.TotalMilliseconds);
            Interlocked.Add(ref foreign, isForeign ? 1 : 0);
        }

        public void End(bool isWhole)
        {
            Interlocked.Increment(ref done);
            Interlocked.Add(ref wrong, isWhole ? 0 : 1);
        }

        private static double Percentile(ConcurrentBag<double> values, double share) =>
            values.IsEmpty ? double.NaN : values.Order().ElementAt((int)Math.Ceiling(values.Count * share) - 1);
    }
}
