using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Inference;

namespace Tessera.Host.OpenAi;

/// <summary>What a bare model writes, as pieces of a completion. The model is rented while they are read.</summary>
internal static class ModelPieces
{
    public static async IAsyncEnumerable<CompletionPiece> WriteAsync(
        IModelCatalog catalog, ModelFile model, PromptOwner owner, CompletionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lease = await catalog.RentChatAsync(model, null, owner, cancellationToken);
        var (usage, reason, warning) = (new UsageDetails(), ChatFinishReason.Stop, (string?)null);
        await foreach (var update in lease.Client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken))
        {
            foreach (var content in update.Contents)
            {
                switch (content)
                {
                    case TextContent text:
                        yield return new CompletionPiece.Text(text.Text);
                        break;
                    case FunctionCallContent call:
                        yield return new CompletionPiece.Call(call);
                        break;
                    case UsageContent used:
                        usage = used.Details;
                        break;
                }
            }

            reason = update.FinishReason ?? reason;
            warning = update.AdditionalProperties?.GetValueOrDefault(ReplyWarning.Key) as string ?? warning;
        }

        yield return new CompletionPiece.End(reason.Value, usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, Answer: null, warning);
    }
}
