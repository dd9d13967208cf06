using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Answers.Chat;

/// <summary>A chat model that says what it is told to, one update a content, and remembers what it was asked and whether it was given back.</summary>
internal sealed class FakeChat(params IReadOnlyList<AIContent> contents) : IChatClient, IPromptMeter
{
    public ChatModelInfo Info { get; init; } = new("fake-1b", "a1b2", 4096, InProcess: true);

    public ChatFinishReason Finish { get; init; } = ChatFinishReason.Stop;

    /// <summary>Tokens of a prompt; null: the client has no meter.</summary>
    public Func<IReadOnlyList<ChatMessage>, int>? Meter { get; init; }

    /// <summary>Awaited before the reply.</summary>
    public Func<CancellationToken, Task> BeforeReply { get; init; } = _ => Task.CompletedTask;

    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public int Rented { get; private set; }

    public int GivenBack { get; private set; }

    public DomainWorkspace In(DomainWorkspace workspace) => workspace with
    {
        Chat = _ =>
        {
            Rented++;
            return ValueTask.FromResult(new RentedChat(this, new Lease(() => GivenBack++)));
        },
    };

    public static TextContent Quote(string text, int source, int start) =>
        new(text) { Annotations = [new QuoteAnnotation(source, start, start + text.Length)] };

    public static TextContent Unfound(string text) => new(text) { Annotations = [new UnfoundQuoteAnnotation()] };

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Messages, Options) = ([.. messages], options);
        await BeforeReply(cancellationToken);
        foreach (var content in contents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = Finish };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatModelInfo) ? Info : serviceType == typeof(IPromptMeter) && Meter is not null ? this : null;

    public int CountTokens(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => Meter!([.. messages]);

    public void Dispose() => throw new InvalidOperationException("What is rented is not disposed of.");

    private sealed class Lease(Action giveBack) : IDisposable
    {
        public void Dispose() => giveBack();
    }
}
