using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference;
using Tessera.Inference.Llama.Engine;
using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Unit.Inference.Llama;

public sealed class TextEngineTests : IDisposable
{
    private readonly ModelHandle model = ModelHandle.Load(Stories.File(), LoadMode.Read);

    public void Dispose() => model.Dispose();

    [Fact]
    public async Task Model_tells_its_story()
    {
        using var engine = Engine();
        Assert.StartsWith("Once upon a time, there was a little girl named Lily. She loved to play outside in the park.", await TellAsync(engine, Owner(1)));
    }

    [Fact]
    public async Task Eight_at_once_tell_what_one_tells()
    {
        using var engine = Engine();
        var alone = await TellAsync(engine, Owner(1));
        var together = await Task.WhenAll(Enumerable.Range(2, 12).Select(i => TellAsync(engine, Owner(i))));
        Assert.All(together, story => Assert.Equal(alone, story));
    }

    [Fact]
    public async Task Own_prompt_is_reused_and_nobody_elses()
    {
        using var engine = Engine();
        var prompt = new VocabularyHandle(model).Tokenize("Once upon a time, there was a little girl named Lily.", addSpecial: true, parseSpecial: false);
        Assert.Equal(0, await ReusedAsync(engine, prompt, Owner(1)));
        Assert.Equal(prompt.Length - 1, await ReusedAsync(engine, prompt, Owner(1)));
        Assert.Equal(0, await ReusedAsync(engine, prompt, Owner(2)));
        Assert.Equal(0, await ReusedAsync(engine, prompt, new PromptOwner(new TenantId(Guid.NewGuid()), Owner(1).User)));
    }

    [Fact]
    public async Task Shared_instructions_are_reused_within_the_tenant_alone()
    {
        using var engine = Engine();
        var prompt = new VocabularyHandle(model).Tokenize("Once upon a time, there was a little girl named Lily.", addSpecial: true, parseSpecial: false);
        await ReusedAsync(engine, prompt, Owner(1), shared: 10);
        Assert.Equal(10, await ReusedAsync(engine, prompt, Owner(2), shared: 10));
        Assert.Equal(0, await ReusedAsync(engine, prompt, new PromptOwner(new TenantId(Guid.NewGuid()), Owner(1).User), shared: 10));
    }

    [Fact]
    public async Task Reply_is_the_same_with_and_without_reuse()
    {
        using var engine = Engine();
        var first = await TellAsync(engine, Owner(1));
        Assert.Equal(first, await TellAsync(engine, Owner(1)));
    }

    [Fact]
    public async Task Leaving_frees_the_slot()
    {
        using var engine = Engine(slots: 1);
        using var leave = new CancellationTokenSource();
        var generation = engine.Submit(Request(Owner(1)), leave.Token);
        await generation.Tokens.ReadAsync(TestContext.Current.CancellationToken);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
            {
                await generation.Tokens.ReadAsync(TestContext.Current.CancellationToken);
            }
        });
        Assert.NotEmpty(await TellAsync(engine, Owner(2)));
    }

    [Fact]
    public void Full_line_says_when_to_come_back()
    {
        using var engine = Engine(slots: 1, waiting: 4);
        var failure = Assert.Throws<ModelException>(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                engine.Submit(Request(Owner(1)), TestContext.Current.CancellationToken);
            }
        });
        Assert.Equal(ModelFault.Busy, failure.Fault);
        Assert.True(failure.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public void Too_long_prompt_is_refused()
    {
        using var engine = Engine();
        var failure = Assert.Throws<ModelException>(() => engine.Submit(
            new GenerationRequest([.. Enumerable.Repeat(5, 200)], Owner(1), 10), TestContext.Current.CancellationToken));
        Assert.Equal(ModelFault.PromptTooLong, failure.Fault);
    }

    private TextEngine Engine(int slots = 8, int waiting = 64) =>
        new(model, new EngineShape(slots, 128, waiting, 2), TimeProvider.System, NullLogger.Instance);

    private static PromptOwner Owner(int user) => new(new TenantId(new Guid(1, 0, 0, new byte[8])), new Guid(user, 0, 0, new byte[8]));

    private GenerationRequest Request(PromptOwner owner) => new([new VocabularyHandle(model).Begin], owner, 100);

    private async Task<string> TellAsync(TextEngine engine, PromptOwner owner)
    {
        var vocabulary = new VocabularyHandle(model);
        var bytes = new List<byte>();
        await foreach (var token in engine.Submit(Request(owner), TestContext.Current.CancellationToken).Tokens.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            bytes.AddRange(vocabulary.Piece(token));
        }

        return Encoding.UTF8.GetString([.. bytes]).TrimStart();
    }

    private static async Task<int> ReusedAsync(TextEngine engine, int[] prompt, PromptOwner owner, int shared = 0)
    {
        var generation = engine.Submit(new GenerationRequest(prompt, owner, 3) { Shared = shared }, TestContext.Current.CancellationToken);
        await foreach (var token in generation.Tokens.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(token >= 0);
        }

        return generation.Reused;
    }
}
