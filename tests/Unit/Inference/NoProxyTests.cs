using System.Net;
using Microsoft.Extensions.AI;
using Tessera.Inference.Hub;
using Tessera.Inference.Remote;
using Tessera.Unit.Inference.Hub;
using static Tessera.Unit.Inference.Remote.OpenAIReplies;

namespace Tessera.Unit.Inference;

/// <summary>The system's proxy is the whole process's: changed while nothing else runs.</summary>
[CollectionDefinition(nameof(NoProxyTests), DisableParallelization = true)]
[Collection(nameof(NoProxyTests))]
public sealed class NoProxyTests : IDisposable
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => HttpClient.DefaultProxy = _before;

    [Fact]
    public async Task Neither_prompts_nor_pulls_pass_through_the_systems_proxy()
    {
        await using var proxy = new LocalServer(x => x.SendAsync(502, ""));
        HttpClient.DefaultProxy = new WebProxy(proxy.Url) { BypassProxyOnLocal = false };
        await using var server = new LocalServer(x => x.SendAsync(200, Whole("Hello.")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        Assert.Equal("Hello.", (await models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled)).Text);
        await using var hub = new FakeHub();
        using var files = new ModelHub(new HubOptions(hub.Server.Url));
        Assert.Equal(hub.File, await files.ResolveAsync("owner/name:model*", Cancelled));
        Assert.Empty(proxy.Exchanges);

        // The proxy would have been taken by a client that does not mind.
        using var other = new HttpClient();
        Assert.Equal(HttpStatusCode.BadGateway, (await other.GetAsync(server.Url, Cancelled)).StatusCode);
    }
}
