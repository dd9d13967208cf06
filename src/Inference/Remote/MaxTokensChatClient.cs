using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Tessera.Inference.Remote;

/// <summary>Sends the limit of a reply's tokens as <c>max_tokens</c>: servers that do not know the newer name read over it and write on without a limit.</summary>
internal sealed class MaxTokensChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => base.GetResponseAsync(messages, Rename(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => base.GetStreamingResponseAsync(messages, Rename(options), cancellationToken);

    private static ChatOptions? Rename(ChatOptions? options)
    {
        if (options?.MaxOutputTokens is not { } tokens)
        {
            return options;
        }

        var before = options.RawRepresentationFactory;
        var renamed = options.Clone();
        renamed.MaxOutputTokens = null;
        renamed.RawRepresentationFactory = client =>
        {
            var raw = before?.Invoke(client) as ChatCompletionOptions ?? new ChatCompletionOptions();
#pragma warning disable SCME0001 // The only way to a field that the library no longer names; a test holds it.
            raw.Patch.Set("$.max_tokens"u8, tokens);
#pragma warning restore SCME0001
            return raw;
        };
        return renamed;
    }
}
