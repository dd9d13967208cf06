using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Answers;
using Tessera.Host.Answers.Load;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Sdk;

namespace Tessera.Integration.Answers;

/// <summary>What a chat model says goes through the host's own proof, and into the conversation with what failed.</summary>
public sealed class ModelAnswerTests(HostFixture host)
{
    private const string Domain = "modelled";
    private const string Text = "The lease of the mill ends on 3 May 2031.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quotes_of_a_model_are_proven_and_its_failures_kept()
    {
        TestDomain.Load(host, Domain);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
        var document = await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "mill.txt", Text);
        await using var scope = host.Scope(caller.Tenant, new CallerIdentity(caller.UserId, TenantRole.Reader, false, []));
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        var conversation = new Conversation
        {
            Id = Guid.CreateVersion7(), TenantId = caller.Tenant, UserId = caller.UserId, Domain = Domain, CreatedAt = now, UpdatedAt = now,
        };
        rows.Conversations.Add(conversation);
        await rows.SaveChangesAsync(Token);

        var workspace = (await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(caller.Tenant, Domain, Token))!;
        var store = new LiveChunkStore(workspace.Store, rows, Domain);
        var pipeline = scope.ServiceProvider.GetRequiredService<AnswerPipeline>();
        using var model = new ScriptedChat();
        var modelled = workspace with { Store = store, Chat = _ => ValueTask.FromResult(new RentedChat(model)) };
        var steps = AnswerSteps.ReadAsync(pipeline.AnswerAsync(modelled, new Question("When does the lease end?"), Token), store, Token);
        var told = await scope.ServiceProvider.GetRequiredService<ConversationTurns>()
            .KeepAsync(steps, conversation, "When does the lease end?", Token).ToListAsync(Token);

        var answer = Assert.IsType<AnswerStep.Completed>(told[^1]).Answer;
        Assert.Equal("It ends in 2031 “ends on 3 May 2031”. The miller is glad.", answer.Text);
        var citation = Assert.Single(answer.Citations);
        Assert.Equal((document, "ends on 3 May 2031"), (citation.DocumentId, Text[citation.Start..citation.End]));
        Assert.Equal(("model", "scripted"), (answer.Receipt.Mode, answer.Receipt.Model));
        Assert.Equal([true, false], told.OfType<AnswerStep.Sentence>().Select(sentence => sentence.Passed));
        var turn = Assert.Single((await caller.Http.CallAsync(HttpMethod.Get, $"/api/v1/domains/{Domain}/conversations/{conversation.Id:D}")).GetProperty("turns").EnumerateArray());
        var failure = Assert.Single(turn.GetProperty("failures").EnumerateArray());
        Assert.Equal((1, "This sentence has no source."), (failure.GetProperty("index").GetInt32(), failure.Text("reason")));
        Assert.Equal(answer.Text, turn.GetProperty("answer").Text("text"));
    }

    private sealed class ScriptedChat : IChatClient
    {
        private const string Quote = "ends on 3 May 2031";

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var sources = ((QuoteLock)options!.AdditionalProperties![QuoteLock.Key]!).Sources;
            var start = sources[0].IndexOf(Quote, StringComparison.Ordinal);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "It ends in 2031 ");
            yield return new ChatResponseUpdate(
                ChatRole.Assistant, [new TextContent(Quote) { Annotations = [new QuoteAnnotation(0, start, start + Quote.Length)] }]);
            yield return new ChatResponseUpdate(ChatRole.Assistant, ". The miller is glad.");
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatModelInfo) ? new ChatModelInfo("scripted", null, 4096, InProcess: true) : null;

        public void Dispose()
        {
        }
    }
}
