using System.ClientModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenAI.Chat;
using Tessera.Host.Identity;

namespace Tessera.Integration.OpenAi;

public sealed class OpenAiTests : IClassFixture<OpenAiBench>
{
    private readonly OpenAiBench bench;

    public OpenAiTests(OpenAiBench bench)
    {
        OpenAiBench.Require();
        this.bench = bench;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Official_dotnet_client_reads_a_bare_models_reply_whole_and_streamed()
    {
        var chat = bench.Client().GetChatClient(OpenAiBench.Chat);
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 16 };
        var whole = await chat.CompleteChatAsync([new UserChatMessage("Tell me.")], options, Token);
        Assert.Equal(ChatFinishReason.Length, whole.Value.FinishReason);
        Assert.Equal(16, whole.Value.Usage.OutputTokenCount);
        var text = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("Tell me.")], options, Token))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Equal(whole.Value.Content[0].Text, text);
        Assert.Equal(16, usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Schema_and_forced_tools_hold()
    {
        var chat = bench.Client().GetChatClient(OpenAiBench.Chat);
        var schema = BinaryData.FromString("""{"type":"object","properties":{"kind":{"enum":["cat","dog"]},"age":{"type":"integer","minimum":1,"maximum":20}},"required":["kind","age"],"additionalProperties":false}""");
        var reply = await chat.CompleteChatAsync([new UserChatMessage("x")], new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("animal", schema, jsonSchemaIsStrict: true), MaxOutputTokenCount = 200, Temperature = 1,
        }, Token);
        using var json = JsonDocument.Parse(reply.Value.Content[0].Text);
        Assert.InRange(json.RootElement.GetProperty("age").GetInt32(), 1, 20);

        var called = await chat.CompleteChatAsync([new UserChatMessage("x")], new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("notice", "Notice period.", BinaryData.FromString("""{"type":"object","properties":{"days":{"type":"integer","minimum":1,"maximum":90}},"required":["days"],"additionalProperties":false}""")) },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(), MaxOutputTokenCount = 200, Temperature = 1,
        }, Token);
        Assert.Equal(ChatFinishReason.ToolCalls, called.Value.FinishReason);
        using var arguments = JsonDocument.Parse(Assert.Single(called.Value.ToolCalls).FunctionArguments);
        Assert.InRange(arguments.RootElement.GetProperty("days").GetInt32(), 1, 90);
    }

    [Fact]
    public async Task Domain_answers_with_its_citations_beside_the_choices()
    {
        await TestDomain.AddDocumentAsync(bench.Host, bench.Caller.Tenant, OpenAiBench.Domain, "lease.txt", "The deposit is three months' rent.");
        foreach (var model in (string[])[OpenAiBench.Domain, "auto"])
        {
            using var reply = await bench.Caller.Http.PostAsJsonAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = "How large is the deposit?" } } }, Token);
            var body = await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.True(reply.IsSuccessStatusCode, body.ToString());
            Assert.Equal("chat.completion", body.GetProperty("object").GetString());
            Assert.Equal(JsonValueKind.Array, body.GetProperty("citations").ValueKind);
            Assert.Equal("model", body.GetProperty("receipt").GetProperty("mode").GetString());
            Assert.Equal(0, body.GetProperty("receipt").GetProperty("bytesSent").GetInt64());
        }
    }

    [Fact]
    public async Task Vectors_come_as_the_client_asks_for_them()
    {
        var embeddings = await bench.Client().GetEmbeddingClient(OpenAiBench.Embedder).GenerateEmbeddingsAsync(["one", "two words"], cancellationToken: Token);
        Assert.Equal(2, embeddings.Value.Count);
        Assert.All(embeddings.Value, item => Assert.Equal(64, item.ToFloats().Length));
        using var plain = await bench.Caller.Http.PostAsJsonAsync("/v1/embeddings", new { model = OpenAiBench.Embedder, input = "one" }, Token);
        var body = await plain.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(embeddings.Value[0].ToFloats().ToArray(), body.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()));
    }

    [Fact]
    public async Task Keys_see_and_use_what_their_scopes_allow()
    {
        var (asks, uses) = (await bench.KeyAsync(KeyScope.Ask), await bench.KeyAsync(KeyScope.Models));
        Assert.Equal([OpenAiBench.Domain, "auto"], (await NamesAsync(asks)).Where(name => name is OpenAiBench.Domain or "auto" or OpenAiBench.Chat));
        Assert.Equal([OpenAiBench.Chat, OpenAiBench.Embedder], await NamesAsync(uses));
        await RefusedAsync(asks.Key, OpenAiBench.Chat);
        await RefusedAsync(uses.Key, OpenAiBench.Domain);
        await RefusedAsync(uses.Key, "auto");
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "model")]
    [InlineData("""{"model":"tiny-chat"}""", "messages")]
    [InlineData("""{"model":"tiny-chat","messages":[{"role":"robot","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"model":"tiny-chat","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"model":"tiny-chat","messages":[{"role":"user","content":"x"}],"temperature":9}""", "temperature")]
    [InlineData("""{"model":"tiny-chat","messages":[{"role":"user","content":"x"}],"n":2}""", "n")]
    [InlineData("""{"model":"tiny-chat","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"enum":[]}}}}""", "enum")]
    [InlineData("""[]""", "object")]
    public async Task Bad_request_names_the_member(string json, string named)
    {
        using var reply = await bench.Caller.Http.PostAsync("/v1/chat/completions", new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Token);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var body = await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Contains(named, body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_that_does_not_fit_is_an_error()
    {
        using var reply = await bench.Caller.Http.PostAsJsonAsync("/v1/chat/completions", new { model = OpenAiBench.Chat, messages = new[] { new { role = "user", content = new string('x', 20_000) } } }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("prompt-too-long", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_finds_the_line_full_is_told_when_to_come_back_and_the_others_are_served()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => bench.Caller.Http.PostAsJsonAsync(
            "/v1/chat/completions", new { model = OpenAiBench.Chat, max_tokens = 300, messages = new[] { new { role = "user", content = $"Tell me {i}." } } }, Token)));
        var refused = replies.Where(reply => reply.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, reply => Assert.True(reply.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        Assert.All(replies.Except(refused), reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        Assert.True(replies.Length - refused.Count >= 8);
        Array.ForEach(replies, reply => reply.Dispose());
    }

    [Fact]
    public async Task Official_javascript_client_understands_all_of_it()
    {
        var folder = Path.Combine(Root(), "tests", "Integration", "OpenAi", "client");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "OpenAI's JavaScript client is not installed: run npm ci --prefix tests/Integration/OpenAi/client.");
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "OpenAi", "client", "conversation.mjs"), folder, bench.Address.ToString(), bench.Caller.Key, OpenAiBench.Chat, OpenAiBench.Embedder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var (said, failed) = (node.StandardOutput.ReadToEndAsync(Token), node.StandardError.ReadToEndAsync(Token));
        await node.WaitForExitAsync(Token);
        Assert.True(node.ExitCode == 0, await failed);
        using var json = JsonDocument.Parse(await said);
        var got = json.RootElement;
        Assert.Equal(got.GetProperty("whole").GetString(), got.GetProperty("streamed").GetString());
        Assert.Equal("length", got.GetProperty("reason").GetString());
        Assert.Equal(12, got.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal("notice", got.GetProperty("call").GetProperty("name").GetString());
        Assert.Equal("tool_calls", got.GetProperty("callReason").GetString());
        Assert.Equal([64, 64], got.GetProperty("vectors").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal((404, "unknown-model"), (got.GetProperty("refused").GetProperty("status").GetInt32(), got.GetProperty("refused").GetProperty("code").GetString()));
        Assert.Contains(OpenAiBench.Chat, got.GetProperty("models").EnumerateArray().Select(name => name.GetString()));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(TestCaller caller)
    {
        var body = await caller.Http.GetFromJsonAsync<JsonElement>("/v1/models", Token);
        return [.. body.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task RefusedAsync(string key, string model)
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(async () => await bench.Client(key).GetChatClient(model).CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Token));
        Assert.Equal(404, failure.Status);
    }
}
