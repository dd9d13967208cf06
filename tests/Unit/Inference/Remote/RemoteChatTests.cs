using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Remote;
using Tessera.Sdk;
using static Tessera.Unit.Inference.Remote.OpenAIReplies;

namespace Tessera.Unit.Inference.Remote;

/// <summary>Chats with a server that does what it should.</summary>
public sealed class RemoteChatTests
{
    [Fact]
    public async Task Whole_reply_comes_with_usage_and_bytes_sent()
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Whole("Hello.")));
        using var models = new RemoteModels(new RemoteEndpoint(new Uri(server.Url, "v1"), "sk-secret"));
        var response = await models.OpenChat("m").GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Hello.", response.Text);
        Assert.Equal(3, response.Usage!.OutputTokenCount);
        var request = Assert.Single(server.Exchanges);
        Assert.Equal(request.Body.Length, response.Usage.AdditionalCounts![RemoteModels.BytesSent]);
        Assert.Equal("/v1/chat/completions", request.Target);
        Assert.Equal("Bearer sk-secret", request.Headers["Authorization"]);
        Assert.Equal("Tessera", request.Headers["User-Agent"]);
        Assert.DoesNotContain("traceparent", request.Headers.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streamed_reply_comes_in_pieces_and_tells_bytes_sent_once(bool tellsUsage)
    {
        await using var server = new LocalServer(async x =>
        {
            await x.BeginAsync(EventStream);
            foreach (var part in new[] { Delta("Hel"), Delta("lo."), Stop, tellsUsage ? Usage : "", Done }.Where(part => part.Length > 0))
            {
                await x.ChunkAsync(part);
            }

            await x.EndAsync();
        });
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var updates = await models.OpenChat("m").GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Hel", "lo."], updates.Select(x => x.Text).Where(x => x.Length > 0));
        var usage = Assert.Single(updates.SelectMany(x => x.Contents).OfType<UsageContent>()).Details;
        Assert.Equal(tellsUsage ? 3 : null, usage.OutputTokenCount);
        Assert.Equal(Assert.Single(server.Exchanges).Body.Length, usage.AdditionalCounts![RemoteModels.BytesSent]);
        Assert.Equal("Hello.", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task Client_knows_that_it_is_remote_and_sends_no_key_where_there_is_none()
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Whole("x")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var chat = models.OpenChat("m");
        Assert.Equal(new ChatModelInfo("m", null, null, InProcess: false), chat.GetService<ChatModelInfo>());
        await chat.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Exchanges).Headers.Keys);
    }

    [Fact]
    public async Task Quote_lock_is_kept_by_searching_and_never_sent()
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Whole("It says <q>the notice period</q>.")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var options = new ChatOptions { AdditionalProperties = new() { [QuoteLock.Key] = new QuoteLock(["A secret: the notice\nperiod is long."]) } };
        var response = await models.OpenChat("m").GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);
        Assert.Equal("It says the notice\nperiod.", response.Text);
        Assert.DoesNotContain("secret", Assert.Single(server.Exchanges).Text, StringComparison.Ordinal);
        Assert.True(options.AdditionalProperties.ContainsKey(QuoteLock.Key));
    }

    [Theory]
    [InlineData(false, "max_tokens")]
    [InlineData(true, "max_completion_tokens")]
    public async Task Limit_of_the_reply_goes_under_one_name(bool wantsNewName, string name)
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Whole("x")));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url) { WantsMaxCompletionTokens = wantsNewName });
        await models.OpenChat("m").GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 77, Temperature = 0 }, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(Assert.Single(server.Exchanges).Body);
        Assert.Equal(77, json.RootElement.GetProperty(name).GetInt32());
        Assert.Single(json.RootElement.EnumerateObject(), x => x.Name.StartsWith("max_", StringComparison.Ordinal));
        Assert.Equal(0, json.RootElement.GetProperty("temperature").GetDouble());
    }

    [Fact]
    public async Task Tool_calls_pass()
    {
        await using var server = new LocalServer(x => x.SendAsync(200, """
            {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,
            "tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"at\":3}"}}]}}]}
            """));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((int at) => at, "look")] };
        var response = await models.OpenChat("m").GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);
        Assert.Equal("look", Assert.Single(response.Messages.SelectMany(x => x.Contents).OfType<FunctionCallContent>()).Name);
    }

    [Theory]
    [InlineData("ftp://a/v1", null)]
    [InlineData("http://user:word@a/v1", null)]
    [InlineData("http://a/v1?key=1", null)]
    [InlineData("http://a/v1", "two words")]
    [InlineData("http://a/v1", "line\r\nX: y")]
    public void Endpoint_that_cannot_be_is_refused(string url, string? key)
    {
        var fault = Assert.Throws<ArgumentException>(() => new RemoteModels(new RemoteEndpoint(new Uri(url), key)));
        Assert.DoesNotContain("word@", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_shows_no_key()
        => Assert.DoesNotContain("sk-secret", new RemoteEndpoint(new Uri("http://a/v1"), "sk-secret").ToString(), StringComparison.Ordinal);
}
