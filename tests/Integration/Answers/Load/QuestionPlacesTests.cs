using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Answers.Load;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Answers.Load;

/// <summary>More questions at once than a host takes: a clear no with a time to come again, and nothing of it stays.</summary>
public sealed class QuestionPlacesTests
{
    private const string Domain = "busy";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenant_has_half_of_the_places_and_the_host_has_so_many()
    {
        await using var host = await HostFixture.StartAsync(options => options with { Questions = 4 });
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var asked = new CountdownEvent(2);
        TestDomain.Load(host, new TestDomain(Domain) { BeforeSearch = token => InAsync(asked, open.Task, token) });
        var (one, other, third) = (await AddAsync(host), await AddAsync(host), await AddAsync(host));

        // A search, a stream, and a completion take the same places.
        var held = new List<Task<HttpResponseMessage>> { SearchAsync(one), AskAsync(one) };
        Assert.True(asked.Wait(TimeSpan.FromSeconds(60), Token));
        using (var refused = await SearchAsync(one))
        {
            await ProblemAssert.IsAsync(429, "too-many-requests", refused);
            Assert.Equal("2", refused.Headers.RetryAfter?.ToString());
            Assert.Contains("Your organisation has 2 questions under way", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        held.AddRange([CompleteAsync(other), SearchAsync(other)]);
        var places = host.Services.GetRequiredService<QuestionPlaces>();
        for (var waited = 0; places.Taken < 4; waited++)
        {
            Assert.True(waited < 3000, "The others did not come.");
            await Task.Delay(20, Token);
        }

        using (var refused = await AskAsync(third))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("TESSERA_QUESTIONS", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using (var refused = await CompleteAsync(third))
        {
            Assert.Equal("2", refused.Headers.RetryAfter?.ToString());
            Assert.Contains("rate_limit_error", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        open.SetResult();
        foreach (var reply in held)
        {
            using var done = await reply.WaitAsync(TimeSpan.FromSeconds(60), Token);
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            await done.Content.ReadAsStringAsync(Token);
        }

        // All places are free again, also those of who was refused.
        await UntilAsync(() => SearchAsync(third), 200);
        await UntilAsync(() => AskAsync(one), 200);
    }

    [Fact]
    public async Task Place_of_one_who_hangs_up_is_free_again()
    {
        await using var host = await HostFixture.StartAsync(options => options with { Questions = 2 });
        using var began = new CountdownEvent(1);
        TestDomain.Load(host, new TestDomain(Domain) { BeforeSearch = token => InAsync(began, Task.Delay(Timeout.Infinite, token), token) });
        var caller = await AddAsync(host);
        using (var patience = new CancellationTokenSource())
        {
            var asked = SearchAsync(caller, patience.Token);
            Assert.True(began.Wait(TimeSpan.FromSeconds(60), Token));
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }

        TestDomain.Load(host, Domain);
        await UntilAsync(() => SearchAsync(caller), 200);
    }

    [Fact]
    public async Task Key_that_was_good_waits_in_its_queue_and_is_let_in_no_longer()
    {
        await using var host = await HostFixture.StartAsync(options => options with { Questions = 2 });
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var asked = new CountdownEvent(1);
        TestDomain.Load(host, new TestDomain(Domain) { BeforeSearch = token => InAsync(asked, open.Task, token) });
        var tenant = await host.AddTenantAsync();
        var (staying, leaving) = (await host.AddCallerAsync(tenant, TenantRole.Reader), await host.AddCallerAsync(tenant, TenantRole.Reader));
        using (var known = await leaving.Http.GetAsync(new Uri("/api/v1/domains", UriKind.Relative), Token))
        {
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        }

        await using (var scope = host.Services.CreateAsyncScope())
        {
            var rows = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
            Assert.Equal(1, await rows.ApiKeys.Where(key => key.UserId == leaving.UserId).ExecuteDeleteAsync(Token));
        }

        var held = SearchAsync(staying.Http);
        Assert.True(asked.Wait(TimeSpan.FromSeconds(60), Token));
        using (var full = await SearchAsync(leaving.Http))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        }

        open.SetResult();
        (await held).Dispose();
        await UntilAsync(() => SearchAsync(leaving.Http), 401);

        // Nor can it fill the queue from now on.
        Assert.Null(host.Services.GetRequiredService<KnownCallers>().Find(leaving.Key));
        await UntilAsync(() => SearchAsync(staying.Http), 200);
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused_before_it_waits()
    {
        await using var host = await HostFixture.StartAsync();
        TestDomain.Load(host, Domain);
        var caller = await AddAsync(host);
        await UntilAsync(() => SearchAsync(caller), 200);
        using (var refused = await SendAsync(caller, $"/api/v1/domains/{Domain}/search", new { query = new string('a', 2 << 20) }))
        {
            await ProblemAssert.IsAsync(413, "too-large", refused);
        }

        Assert.Equal(0, host.Services.GetRequiredService<QuestionPlaces>().Taken);
    }

    private static async Task InAsync(CountdownEvent asked, Task open, CancellationToken token)
    {
        if (!asked.IsSet)
        {
            asked.Signal();
        }

        await open.WaitAsync(token);
    }

    private static async Task<HttpClient> AddAsync(HostFixture host) => (await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader)).Http;

    private static Task<HttpResponseMessage> SearchAsync(HttpClient client, CancellationToken? token = null) =>
        SendAsync(client, $"/api/v1/domains/{Domain}/search", new { query = "apple" }, token);

    private static Task<HttpResponseMessage> AskAsync(HttpClient client) => SendAsync(client, $"/api/v1/domains/{Domain}/answers", new { question = "apple", stream = true });

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client) =>
        SendAsync(client, "/v1/chat/completions", new { model = Domain, stream = true, messages = new[] { new { role = "user", content = "apple" } } });

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, object body, CancellationToken? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, token ?? Token);
    }

    // The requests before it are on their way for a moment, and so is the end of those that were answered.
    private static async Task UntilAsync(Func<Task<HttpResponseMessage>> ask, int status)
    {
        for (var started = TimeProvider.System.GetTimestamp(); ;)
        {
            using var reply = await ask();
            if ((int)reply.StatusCode == status)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"Still {reply.StatusCode}");
            await Task.Delay(20, Token);
        }
    }
}
