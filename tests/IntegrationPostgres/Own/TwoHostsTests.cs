using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Integration.Documents;
using Tessera.Integration.Plugins;

namespace Tessera.Integration.Own;

/// <summary>Two hosts on one database and one shared folder: whichever is asked, it is one Tessera.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private readonly string shared = Directory.CreateTempSubdirectory("tessera-shared-").FullName;
    private HostFixture one = null!;
    private HostFixture other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        one = await HostFixture.StartAsync(options => options with { SharedFolder = shared });
        other = await HostFixture.StartAsync(options => options with { SharedFolder = shared, Postgres = one.Options.Postgres, Chunks = one.Options.Chunks });
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await one.DisposeAsync();
        Directory.Delete(shared, recursive: true);
    }

    [Fact]
    public async Task Session_of_one_host_is_a_session_of_the_other()
    {
        var caller = await one.AddCallerAsync(await one.AddTenantAsync(), TenantRole.Member);
        using var session = new TestSession(one);
        await session.SignInAsync(caller.UserName, caller.Password);
        var elsewhere = other.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/documents");
        request.Headers.Add("Cookie", session.Cookies());
        using var reply = await elsewhere.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);

        // The offender: without the cookie it is sent to sign in.
        using var stranger = await elsewhere.GetAsync(new Uri("/documents", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
    }

    [Fact]
    public async Task Document_that_one_host_takes_in_is_read_once_by_either_and_found_by_both()
    {
        Documents.TestDomain.PutIn(one.Services);
        Documents.TestDomain.PutIn(other.Services);
        var caller = await one.AddCallerAsync(await one.AddTenantAsync(), TenantRole.TenantAdministrator);
        var elsewhere = other.Client(caller.Key);
        var ids = new List<Guid>();
        for (var i = 0; i < 24; i++)
        {
            ids.Add(await (i % 2 == 0 ? caller.Http : elsewhere).AddAsync($"The apple of paper {i} is ripe.", $"paper {i}.txt"));
        }

        foreach (var id in ids)
        {
            await elsewhere.SearchableAsync(id);
        }

        foreach (var client in (HttpClient[])[caller.Http, elsewhere])
        {
            Assert.Equal(ids.Order(), (await FoundAsync(client)).Order());
        }

        // What one deletes, the other finds no more.
        using (var gone = await elsewhere.DeleteAsync(new Uri($"/api/v1/documents/{ids[0]}", UriKind.Relative), Token))
        {
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        Assert.DoesNotContain(ids[0], await FoundAsync(caller.Http));
        await using var scope = one.Scope(caller.Tenant);
        var jobs = await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Jobs.AsNoTracking().Where(job => job.Kind == Tessera.Host.Jobs.JobKind.Ingest).ToListAsync(Token);
        Assert.All(jobs, job => Assert.Equal((Tessera.Host.Jobs.JobState.Done, 1), (job.State, job.Attempts)));
    }

    private static async Task<List<Guid>> FoundAsync(HttpClient client)
    {
        var found = await client.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Documents.TestDomain.Id}/search", new { query = "ripe apple", top = 100 });
        return [.. found.GetProperty("passages").EnumerateArray().Select(x => x.GetProperty("documentId").GetGuid())];
    }

    [Fact]
    public async Task Turn_of_one_host_keeps_the_other_waiting()
    {
        var (here, there) = (one.Services.GetRequiredService<ITurns>(), other.Services.GetRequiredService<ITurns>());
        Task<IAsyncDisposable> waiting;
        await using (await here.TakeAsync("apple", Token))
        {
            await using (await there.TakeAsync("pear", Token))
            {
            }

            waiting = there.TakeAsync("apple", Token);
            Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(300, Token)));
        }

        await (await waiting.WaitAsync(TimeSpan.FromSeconds(20), Token)).DisposeAsync();
    }
}
