using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Inference.Remote;

/// <summary>Tells failures in the platform's words, counts what was sent, and takes no stream for whole that has no end.</summary>
internal sealed class RemoteChatClient(IChatClient inner, string model, RemoteFaults faults) : DelegatingChatClient(inner)
{
    private readonly ChatModelInfo _info = new(model, AdapterSha256: null, ContextTokens: null, InProcess: false);

    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ChatModelInfo) ? _info : base.GetService(serviceType, serviceKey);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = RemoteCall.Current = new RemoteCall();
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            call.TellIn(response.Usage ??= new UsageDetails());
            return response;
        }
        catch (Exception e) when (faults.Translate(e, call, cancellationToken) is { } fault)
        {
            throw fault;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new RemoteCall();
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposal = updates.ConfigureAwait(false);
        ChatResponseUpdate? last = null;
        var (isFinished, isTold) = (false, false);
        while (true)
        {
            try
            {
                // What flows with the caller is the caller's again after each update.
                RemoteCall.Current = call;
                if (!await updates.MoveNextAsync().ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (Exception e) when (faults.Translate(e, call, cancellationToken) is { } fault)
            {
                throw fault;
            }

            last = updates.Current;
            isFinished |= last.FinishReason is not null;
            if (!isTold && last.Contents.OfType<UsageContent>().FirstOrDefault() is { } usage)
            {
                call.TellIn(usage.Details);
                isTold = true;
            }

            yield return last;
        }

        // Some servers report a failure within the stream, in a form that the client library reads over.
        if (!isFinished)
        {
            throw faults.BrokeOff();
        }

        if (!isTold)
        {
            var details = new UsageDetails();
            call.TellIn(details);
            yield return new ChatResponseUpdate(last?.Role, [new UsageContent(details)]) { ResponseId = last?.ResponseId, MessageId = last?.MessageId };
        }
    }
}
