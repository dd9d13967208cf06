using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Remote;
using static Tessera.Unit.Inference.Remote.OpenAIReplies;

namespace Tessera.Unit.Inference.Remote;

/// <summary>Chats with servers that fail in all the ways they do.</summary>
public sealed class RemoteFaultsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_first_byte_is_told_and_not_tried_again()
    {
        var time = new WatchedTime();
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            await x.HangAsync();
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { FirstByte = TimeSpan.FromSeconds(77), Whole = Long }, time);
        var asked = StreamAsync(models);
        await time.SomebodyWaits(TimeSpan.FromSeconds(77));
        time.Advance(TimeSpan.FromSeconds(78));
        Assert.Contains("did not begin to reply within 77 s", (await FaultOf(asked)).Message, StringComparison.Ordinal);
        Assert.True(server.Exchanges.Count <= 1);
    }

    [Fact]
    public async Task Stall_in_mid_stream_is_told_after_what_came()
    {
        var time = new WatchedTime();
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            await x.ChunkAsync(Delta("Hel"));
            await x.HangAsync();
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { FirstByte = Long, Whole = Long }, time);
        var pieces = new List<string>();
        var asked = StreamAsync(models, pieces.Add);
        await time.PassUntil(asked, TimeSpan.FromSeconds(10));
        Assert.Contains("fell silent for 60 s", (await FaultOf(asked)).Message, StringComparison.Ordinal);
        Assert.Equal(["Hel"], pieces);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Reply_that_never_ends_is_ended()
    {
        var time = new WatchedTime();
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            while (true)
            {
                await x.ChunkAsync(Delta("x"));
                await Task.Delay(5, x.End);
            }
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { FirstByte = Long, Silence = Long, Whole = TimeSpan.FromMinutes(3) }, time);
        var asked = StreamAsync(models);
        await time.PassUntil(asked, TimeSpan.FromSeconds(30));
        Assert.Contains("did not end its reply within 180 s", (await FaultOf(asked)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dropped_connection_in_mid_stream_is_told_and_not_tried_again(bool withCrash)
    {
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            await x.ChunkAsync(Delta("Hel"));
            if (withCrash)
            {
                // A crash takes along what lies unread.
                await isRead.Task.WaitAsync(x.End);
                x.Drop();
            }
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        Assert.Contains("broke off", (await FaultOf(StreamAsync(models, onPiece: _ => isRead.TrySetResult()))).Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: {\"error\":{\"message\":\"out of memory\"}}\n\n")]
    public async Task Stream_without_an_end_is_no_whole_reply(string last)
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Delta("Hel") + last, EventStream));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        Assert.Equal(ModelFault.Remote, (await FaultOf(StreamAsync(models))).Fault);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":7}")]
    [InlineData("")]
    public async Task Garbage_is_told(string body)
    {
        await using var server = new LocalServer(x => x.SendAsync(200, body, "Content-Type: application/json"));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var fault = await FaultOf(models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled));
        Assert.Equal(ModelFault.Remote, fault.Fault);
        Assert.Contains($"The model server at {server.Url.Authority} ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: <html>\n\n")]
    [InlineData("data: {\"choices\":7}\n\n")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    public async Task Garbage_in_a_stream_is_told(string body)
    {
        await using var server = new LocalServer(x => x.SendAsync(200, body, EventStream));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        Assert.Equal(ModelFault.Remote, (await FaultOf(StreamAsync(models))).Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Huge_reply_is_cut_off(bool isOneLine)
    {
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            while (true)
            {
                await x.ChunkAsync(isOneLine ? new string('x', 10_000) : Delta(new string('x', 1000)));
            }
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { LargestReply = 100_000 });
        Assert.Contains("more than 100000 bytes", (await FaultOf(StreamAsync(models))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 100000 bytes", (await FaultOf(models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_is_not_followed(int status)
    {
        await using var other = new LocalServer(x => x.SendAsync(200, Whole("stolen")));
        await using var server = new LocalServer(x => x.SendAsync(status, "", $"Location: {other.Url}v1/chat/completions"));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url, "sk-secret"));
        var fault = await FaultOf(models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled));
        Assert.Contains(other.Url.Authority, fault.Message, StringComparison.Ordinal);
        Assert.Empty(other.Exchanges);
    }

    [Fact]
    public async Task Refusal_repeats_neither_the_prompt_nor_the_key()
    {
        await using var server = new LocalServer(x => x.SendAsync(401, Error("invalid_api_key", "Key sk-secret is wrong; you said: Hi")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url, "sk-secret"));
        var fault = await FaultOf(models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: Cancelled));
        Assert.Contains("(401, invalid_api_key)", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("you said", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Prompt_that_the_server_finds_too_long_is_told_as_such()
    {
        await using var server = new LocalServer(x => x.SendAsync(400, Error("context_length_exceeded", "x")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        Assert.Equal(ModelFault.PromptTooLong, (await FaultOf(StreamAsync(models))).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_stays_cancelling(bool whileStreaming)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LocalServer(async x =>
        {
            if (whileStreaming)
            {
                await x.BeginAsync(EventStream);
                await x.ChunkAsync(Delta("Hel"));
            }

            await cancel.CancelAsync();
            await x.HangAsync();
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var chat = models.OpenChat("m");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => whileStreaming
            ? chat.GetStreamingResponseAsync("Hi", cancellationToken: cancel.Token).ToListAsync(cancel.Token).AsTask()
            : chat.GetResponseAsync("Hi", cancellationToken: cancel.Token));
    }

    private static async Task StreamAsync(RemoteModels models, Action<string>? onPiece = null)
    {
        await foreach (var update in models.OpenChat("m").GetStreamingResponseAsync("Hi", cancellationToken: Cancelled))
        {
            if (update.Text.Length > 0)
            {
                onPiece?.Invoke(update.Text);
            }
        }
    }

    private static Task<ModelException> FaultOf(Task work) => Assert.ThrowsAsync<ModelException>(() => work);
}
