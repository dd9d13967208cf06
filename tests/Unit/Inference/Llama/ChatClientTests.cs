using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Chat;
using Tessera.Sdk;
using Tessera.Unit.Inference.Gguf;

namespace Tessera.Unit.Inference.Llama;

public sealed class ChatClientTests(Fixtures fixtures) : IClassFixture<Fixtures>, IDisposable
{
    private static readonly PromptOwner Owner = new(new TenantId(Guid.NewGuid()), Guid.NewGuid());
    private readonly LlamaModelCatalog catalog = new(new LlamaOptions { Slots = 2, SlotTokens = 1024 }, TimeProvider.System, NullLogger<LlamaModelCatalog>.Instance);

    public void Dispose() => catalog.Dispose();

    [Fact]
    public async Task Real_model_streams_its_story()
    {
        using var lease = await RentAsync(Stories.File());
        var reply = await lease.Client.GetResponseAsync("Once upon a time", new ChatOptions { MaxOutputTokens = 40 }, TestContext.Current.CancellationToken);
        Assert.StartsWith(", there was a little girl named Lily.", reply.Text);
        Assert.Equal(40, reply.Usage!.OutputTokenCount);
        Assert.Equal(ChatFinishReason.Length, reply.FinishReason);
        Assert.Contains("template", (string)reply.Messages[0].AdditionalProperties![ReplyWarning.Key]!, StringComparison.Ordinal);
        var again = await lease.Client.GetStreamingResponseAsync("Once upon a time", new ChatOptions { MaxOutputTokens = 40 }, TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(reply.Text, again.Text);
    }

    [Fact]
    public async Task Stop_sequence_ends_the_reply()
    {
        using var lease = await RentAsync(Stories.File());
        var reply = await lease.Client.GetResponseAsync("Once upon a time", new ChatOptions { StopSequences = ["girl named"] }, TestContext.Current.CancellationToken);
        Assert.Equal(", there was a little ", reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
    }

    [Fact]
    public async Task Schema_holds_the_reply()
    {
        using var lease = await RentAsync(fixtures.Model("llama-bpe"));
        var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"age":{"type":"integer","minimum":1,"maximum":99},"kind":{"enum":["cat","dog"]}},"required":["age","kind"],"additionalProperties":false}""").RootElement;
        var reply = await lease.Client.GetResponseAsync("x", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema), MaxOutputTokens = 200, Temperature = 1, Seed = 3 }, TestContext.Current.CancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(reply.Text);
        Assert.InRange(json.RootElement.GetProperty("age").GetInt32(), 1, 99);
        Assert.Contains(json.RootElement.GetProperty("kind").GetString(), (string[])["cat", "dog"]);
    }

    [Fact]
    public async Task Forced_tool_is_called()
    {
        using var lease = await RentAsync(fixtures.Model("llama-bpe"));
        var tool = AIFunctionFactory.Create((int days) => days, "notice", "Notice period.");
        var reply = await lease.Client.GetResponseAsync("x", new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 200, Temperature = 1, Seed = 3 }, TestContext.Current.CancellationToken);
        var call = Assert.Single(reply.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal("notice", call.Name);
        Assert.True(call.Arguments!.ContainsKey("days"));
        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
    }

    [Theory]
    [InlineData("llama-bpe")]
    [InlineData("llama-spm")]
    public async Task Forced_quotes_are_what_stands_in_the_sources(string family)
    {
        using var lease = await RentAsync(fixtures.Model(family));
        string[] texts = ["The rent is 1,250 euros per month, naïvely speaking.", "Notice: thirty (30) days' written no-\ntice — 契約は三十日 | 5 %\nto the other party."];
        var options = new ChatOptions
        {
            MaxOutputTokens = 600, Temperature = 1, Seed = 5,
            AdditionalProperties = new AdditionalPropertiesDictionary { [QuoteLock.Key] = new QuoteLock(texts), [ReplyForm.Grammar] = "root ::= (\"<q>\" [^\\x00]* )", },
        };
        var reply = await lease.Client.GetResponseAsync("x", options, TestContext.Current.CancellationToken);
        var quotes = reply.Messages[0].Contents.OfType<TextContent>().Where(text => text.Annotations is { Count: > 0 }).ToList();
        Assert.NotEmpty(quotes);
        foreach (var quote in quotes)
        {
            var place = Assert.IsType<QuoteAnnotation>(Assert.Single(quote.Annotations!));
            Assert.Equal(texts[place.Source][place.Start..place.End], quote.Text);
        }
    }

    [Fact]
    public async Task Adapters_take_turns_and_write_what_they_write_alone()
    {
        var model = fixtures.Model("llama-bpe");
        var adapters = Enumerable.Range(0, 2).Select(seed =>
        {
            var path = fixtures.New();
            RandomModel.WriteAdapter(path, model, 8, seed + 1);
            return new AdapterFile(path, $"adapter-{seed}");
        }).Append(null).ToList();
        var alone = new List<string>();
        foreach (var adapter in adapters)
        {
            alone.Add(await TellAsync(model, adapter));
        }

        Assert.Equal(3, alone.Distinct().Count());
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(alone, await Task.WhenAll(adapters.Select(adapter => TellAsync(model, adapter))));
        }
    }

    [Fact]
    public async Task Adapter_of_another_base_is_refused()
    {
        var path = fixtures.New();
        RandomModel.WriteAdapter(path, fixtures.Model("wide", new RandomModelShape { Width = 128 }), 4, 1);
        var failure = await Assert.ThrowsAsync<ModelException>(async () => await catalog.RentChatAsync(
            File(fixtures.Model("llama-bpe")), new AdapterFile(path, "other"), Owner, TestContext.Current.CancellationToken));
        Assert.Equal(ModelFault.WrongAdapter, failure.Fault);
    }

    [Fact]
    public async Task Model_that_does_not_fit_is_refused_and_says_so()
    {
        using var small = new LlamaModelCatalog(new LlamaOptions { MemoryBytes = 64 * 1024 * 1024 }, TimeProvider.System, NullLogger<LlamaModelCatalog>.Instance);
        var failure = await Assert.ThrowsAsync<ModelException>(async () => await small.RentChatAsync(
            File(fixtures.Model("llama-bpe")), null, Owner, TestContext.Current.CancellationToken));
        Assert.Equal(ModelFault.TooLarge, failure.Fault);
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("nomic-bert")]
    [InlineData("qwen3-embedding")]
    public async Task Embedder_gives_vectors_of_length_one_that_do_not_hang_on_company(string family)
    {
        using var lease = await catalog.RentEmbedderAsync(File(fixtures.Model(family)), TestContext.Current.CancellationToken);
        var texts = new[] { "one text", "another text of more words", string.Join(' ', Enumerable.Repeat("long", 900)) };
        var together = await lease.Client.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (text, vector) in texts.Zip(together))
        {
            var alone = await lease.Client.GenerateAsync([text], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(1, System.Numerics.Tensors.TensorPrimitives.Norm(vector.Vector.Span), 3);
            Assert.True(System.Numerics.Tensors.TensorPrimitives.Dot(vector.Vector.Span, alone[0].Vector.Span) > .999);
        }
    }

    [Fact]
    public async Task Reranker_scores_each_passage()
    {
        using var lease = await catalog.RentRerankerAsync(File(fixtures.Model("bert-reranker")), TestContext.Current.CancellationToken);
        var scores = await lease.Client.ScoreAsync("what", ["one", "two three", string.Join(' ', Enumerable.Repeat("long", 900))], TestContext.Current.CancellationToken);
        Assert.Equal(3, scores.Count);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.NotEqual(scores[0], scores[1]);
    }

    private static ModelFile File(string path) => new(Path.GetFileNameWithoutExtension(path), path, path);

    private ValueTask<ModelLease<IChatClient>> RentAsync(string path) => catalog.RentChatAsync(File(path), null, Owner, TestContext.Current.CancellationToken);

    private async Task<string> TellAsync(string model, AdapterFile? adapter)
    {
        using var lease = await catalog.RentChatAsync(File(model), adapter, new PromptOwner(Owner.Tenant, Guid.NewGuid()), TestContext.Current.CancellationToken);
        return (await lease.Client.GetResponseAsync("tell", new ChatOptions { MaxOutputTokens = 60 }, TestContext.Current.CancellationToken)).Text;
    }
}
