using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Inference.Remote.Quotes;
using Tessera.Sdk;

namespace Tessera.Inference.Remote;

/// <summary>
/// Keeps a <see cref="QuoteLock"/> for a model that cannot be held to it: the lock is not passed on, and what the model puts between
/// the marks is searched in the sources. A quote that is found comes back as the source's own characters with a
/// <see cref="QuoteAnnotation"/>; any other as its plain text with an <see cref="UnfoundQuoteAnnotation"/>. Runs of white space, the
/// shapes of quotation marks and dashes, hyphens at the end of a line, and capitals make no difference; a quote of fewer words than the
/// lock's minimum must stand there as whole words in the same case. Without a lock nothing is changed. Safe for concurrent use.
/// </summary>
/// <param name="inner">The model; disposed with this client.</param>
public sealed class QuoteSearchingChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var bounds = TakeLock(ref options);
        var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        if (bounds is not null)
        {
            var search = new QuoteSearch(bounds);
            foreach (var message in response.Messages)
            {
                var reply = new QuotedReply(search, bounds);
                message.Contents = [.. reply.Take(message.Contents), .. reply.End()];
            }
        }

        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bounds = TakeLock(ref options);
        var reply = bounds is null ? null : new QuotedReply(new QuoteSearch(bounds), bounds);
        ChatResponseUpdate? last = null;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            if (reply is not null)
            {
                // Nothing of the text comes after the word that it is finished.
                update.Contents = [.. reply.Take(update.Contents), .. update.FinishReason is null ? [] : reply.End()];
                last = update;
            }

            yield return update;
        }

        if (reply?.End() is { Count: > 0 } rest)
        {
            yield return new ChatResponseUpdate(last?.Role ?? ChatRole.Assistant, rest) { ResponseId = last?.ResponseId, MessageId = last?.MessageId };
        }
    }

    private static QuoteLock? TakeLock(ref ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.ContainsKey(QuoteLock.Key))
        {
            return null;
        }

        var bounds = properties[QuoteLock.Key] as QuoteLock;
        options = options.Clone();
        options.AdditionalProperties!.Remove(QuoteLock.Key);
        return bounds;
    }
}
