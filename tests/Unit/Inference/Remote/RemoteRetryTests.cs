using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Remote;
using static Tessera.Unit.Inference.Remote.OpenAIReplies;

namespace Tessera.Unit.Inference.Remote;

/// <summary>What is tried again, when, and when the server is left alone.</summary>
public sealed class RemoteRetryTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(503)]
    public async Task Server_that_says_when_is_asked_again_just_then(int status)
    {
        var time = new WatchedTime();
        await using var server = new LocalServer(x => x.Number == 1 ? x.SendAsync(status, "", "Retry-After: 7") : x.SendAsync(200, Whole("Here.")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url), time);
        var asked = models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled);
        await time.SomebodyWaits(TimeSpan.FromSeconds(7));
        Assert.Single(server.Exchanges);
        time.Advance(TimeSpan.FromSeconds(7));
        var response = await asked;
        Assert.Equal("Here.", response.Text);
        Assert.Equal(server.Exchanges.Sum(x => x.Body.Length), response.Usage!.AdditionalCounts![RemoteModels.BytesSent]);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Server_that_wants_too_long_a_wait_is_not_asked_again()
    {
        await using var server = new LocalServer(x => x.SendAsync(429, "", "Retry-After: 3600"));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url), new WatchedTime());
        var fault = await FaultOf(models);
        Assert.Equal(TimeSpan.FromHours(1), fault.RetryAfter);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_dropped_before_the_first_byte_is_tried_again(bool afterTheHead)
    {
        var time = new WatchedTime();
        await using var server = new LocalServer(async x =>
        {
            if (x.Number > 1)
            {
                await x.SendAsync(200, Whole("Here."));
                return;
            }

            if (afterTheHead)
            {
                await x.BeginAsync();
            }

            x.Drop();
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { FirstByte = Long, Whole = Long, Silence = Long }, time);
        var asked = models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled);
        await time.PassUntil(asked, TimeSpan.FromSeconds(10));
        Assert.Equal("Here.", (await asked).Text);
    }

    [Fact]
    public async Task Refused_address_is_not_connected_to_whatever_the_name()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        foreach (var host in (string[])["127.0.0.1", "localhost"])
        {
            using var models = new RemoteModels(new RemoteEndpoint(new Uri($"http://{host}:{port}/v1")) { Refuses = _ => true, Retries = 0 });
            var failure = await Assert.ThrowsAsync<ModelException>(async () => await models.OpenChat("m").GetResponseAsync("x", cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(ModelFault.Remote, failure.Fault);
        }

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Dead_server_is_told_after_all_retries()
    {
        var server = new LocalServer(_ => Task.CompletedTask);
        await server.DisposeAsync();
        var time = new WatchedTime();
        using var models = new RemoteModels(new RemoteEndpoint(server.Url, "sk-secret") { FirstByte = Long, Whole = Long }, time);
        var asked = FaultOf(models);
        await time.PassUntil(asked, TimeSpan.FromSeconds(10));
        Assert.Contains("cannot be reached", (await asked).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", (await asked).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task What_cannot_pass_is_not_tried_again(int status)
    {
        await using var server = new LocalServer(x => x.SendAsync(status, ""));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url), new WatchedTime());
        Assert.Contains($"({status})", (await FaultOf(models)).Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Failing_server_is_left_alone_and_tried_again_after_a_while()
    {
        var time = new WatchedTime();
        var isWell = false;
        await using var server = new LocalServer(x => isWell ? x.SendAsync(200, Whole("Here.")) : x.SendAsync(500, ""));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { Retries = 0, FailuresToBreak = 3 }, time);
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("(500)", (await FaultOf(models)).Message, StringComparison.Ordinal);
        }

        var leftAlone = await FaultOf(models);
        Assert.Contains("is left alone", leftAlone.Message, StringComparison.Ordinal);
        Assert.NotNull(leftAlone.RetryAfter);
        Assert.Equal(3, server.Exchanges.Count);

        isWell = true;
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("Here.", (await models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled)).Text);
        Assert.Equal("Here.", (await models.OpenChat("other").GetResponseAsync("Hi", cancellationToken: Cancelled)).Text);
    }

    [Fact]
    public async Task Busy_server_is_not_taken_for_a_broken_one()
    {
        await using var server = new LocalServer(x => x.SendAsync(429, ""));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { Retries = 0, FailuresToBreak = 2 }, new WatchedTime());
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("(429)", (await FaultOf(models)).Message, StringComparison.Ordinal);
        }
    }

    private static Task<ModelException> FaultOf(RemoteModels models)
        => Assert.ThrowsAsync<ModelException>(() => models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled));
}
