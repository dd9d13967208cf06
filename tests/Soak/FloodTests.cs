using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Tessera.Soak;

/// <summary>P27: while one tenant sends a thousand requests and hundreds of uploads, another one is answered nearly as fast as alone.</summary>
public sealed class FloodTests
{
    private const double Bar = 1.5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenant_that_floods_does_not_hold_up_another()
    {
        await using var host = await SoakHost.CreateAsync(RowsKind.Sqlite);
        await host.RequireAsync();
        var (calm, _) = await Tenancy.AddAsync(host, "calm");
        var (wild, _) = await Tenancy.AddAsync(host, "wild");
        await Tenancy.FillAsync(calm, Enumerable.Range(0, 40));
        await Tenancy.FillAsync(wild, Enumerable.Range(100, 40));
        var rounds = Scale.Of(300, 20);
        await AskAsync(calm, rounds / 2, Token);
        var alone = await AskAsync(calm, rounds, Token);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var replies = new ConcurrentDictionary<HttpStatusCode, int>();
        var flood = Enumerable.Range(0, Scale.Of(1000, 300)).Select(i => FloodAsync(wild, i, replies, stop.Token)).ToList();
        var uploads = UploadAsync(wild, Scale.Of(500, 50), replies, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        var beside = await AskAsync(calm, rounds, Token);
        await stop.CancelAsync();
        await Task.WhenAll([uploads, .. flood]);

        var (before, during) = (Percentile(alone, .95), Percentile(beside, .95));
        var told = string.Join(", ", replies.OrderBy(x => x.Key).Select(x => $"{(int)x.Key}: {x.Value}"));
        Scale.Print($"P27: {rounds} questions alone p50 {Percentile(alone, .5):0.0} ms, p95 {before:0.0} ms; beside a flood ({told}) p50 {Percentile(beside, .5):0.0} ms, p95 {during:0.0} ms: {during / before:0.00} times (bar: {Bar:0.0})");
        Assert.DoesNotContain(replies.Keys, status => (int)status >= 500);
        Assert.True(replies.GetValueOrDefault(HttpStatusCode.TooManyRequests) > 0, "Nobody was told to come again: that was no flood.");
        Assert.True(!Scale.IsFull || during / before <= Bar, "Others were held up.");
    }

    // On a thread of its own from end to end: what is measured must not wait for the thousand callers of this very process.
    private static Task<List<double>> AskAsync(HttpClient http, int times, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Ask(http, times, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static List<double> Ask(HttpClient http, int times, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/domains/{Papers.Domain}/answers", UriKind.Relative))
            {
                Content = new StringContent($$"""{"question":"When shall the {{Papers.Word(i % 40, 1)}} party deliver the goods?"}""", Encoding.UTF8, "application/json"),
            };
            using var reply = http.Send(request, cancellationToken);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            using var text = new StreamReader(reply.Content.ReadAsStream(cancellationToken));
            Assert.NotEmpty(text.ReadToEnd());
            took.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            Thread.Sleep(Pause);
        }

        return took;
    }

    // Asks again at once, or when it was told to.
    private static async Task FloodAsync(HttpClient http, int client, ConcurrentDictionary<HttpStatusCode, int> replies, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                using var reply = await http.PostAsJsonAsync(
                    new Uri($"/api/v1/domains/{Papers.Domain}/answers", UriKind.Relative), new { question = $"What does paper {100 + ((client + i) % 40)} say of the risk and of notices?" }, stop);
                replies.AddOrUpdate(reply.StatusCode, 1, (_, count) => count + 1);
                if (reply.Headers.RetryAfter?.Delta is { } wait)
                {
                    await Task.Delay(wait, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task UploadAsync(HttpClient http, int papers, ConcurrentDictionary<HttpStatusCode, int> replies, CancellationToken stop)
    {
        for (var paper = 0; paper < papers && !stop.IsCancellationRequested; paper++)
        {
            var taken = await Papers.UploadAsync(http, 200 + paper, 1, stop);
            if (!stop.IsCancellationRequested)
            {
                Assert.NotNull(taken);
                replies.AddOrUpdate(HttpStatusCode.Accepted, 1, (_, count) => count + 1);
            }
        }
    }

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)Math.Ceiling(values.Count * share) - 1);
}
