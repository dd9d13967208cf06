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
        other = await HostFixture.StartAsync(options => options with { SharedFolder = shared, Postgres = one.Options.Postgres });
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
