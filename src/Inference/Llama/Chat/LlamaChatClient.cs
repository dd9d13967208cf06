using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Inference.Llama.Engine;
using Tessera.Inference.Llama.Loading;
using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Inference.Llama.Chat;

/// <summary>One owner's door to a loaded chat model. Safe for concurrent use.</summary>
internal sealed class LlamaChatClient(LoadedChat model, string? adapterSha256, AdapterHandle? adapter, PromptOwner owner) : IChatClient, IPromptMeter
{
    /// <summary>A reply has room for at least so many tokens, or the prompt is too long.</summary>
    private const int LeastReply = 16;

    private readonly ChatModelInfo info = new(model.File.Name, adapterSha256, model.Engine.Shape.SlotTokens, InProcess: true);
    private readonly ChatPrompt prompt = new(model);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var id = Guid.NewGuid().ToString("N");
        var plan = prompt.Plan([.. messages], options);
        var room = model.Engine.Shape.SlotTokens - plan.Tokens.Count;
        if (room < LeastReply)
        {
            throw new ModelException(
                ModelFault.PromptTooLong,
                $"The prompt has {plan.Tokens.Count} tokens; this model reads {model.Engine.Shape.SlotTokens - LeastReply} at most and leaves room for a reply. Ask with less text.");
        }

        var form = ReplyForm.Of(model, options);
        var generation = model.Engine.Submit(
            new GenerationRequest(plan.Tokens, owner, Math.Min(room, options?.MaxOutputTokens is > 0 and var most ? most : room))
            {
                Shared = plan.Shared,
                Adapter = adapter,
                Sampling = Sampling(options),
                Constraint = form.Constraint,
                NeverEnds = options?.AdditionalProperties?.ContainsKey(ReplyForm.NeverEnd) is true,
            },
            leave.Token);
        try
        {
            var written = 0;
            await foreach (var token in generation.Tokens.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                written++;
                foreach (var content in form.Reader.Add(token))
                {
                    yield return Update(id, content);
                }

                if (form.Reader.IsOver)
                {
                    break;
                }
            }

            foreach (var content in form.Reader.Finish())
            {
                yield return Update(id, content);
            }

            yield return End(id, plan, generation, written, form.Reader);
        }
        finally
        {
            // Whoever stops reading frees the slot.
            await leave.CancelAsync().ConfigureAwait(false);
        }
    }

    public int CountTokens(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => PromptTokens([.. messages], options).Count;

    /// <summary>The prompt's tokens.</summary>
    public IReadOnlyList<int> PromptTokens(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => prompt.Plan(messages, options).Tokens;

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(ChatModelInfo) ? info
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("llama.cpp", defaultModelId: info.Name)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The model belongs to the catalogue; the lease gives it back.
    }

    private static SamplingOptions Sampling(ChatOptions? options) => options is null ? new SamplingOptions() : new SamplingOptions
    {
        Temperature = Math.Max(0, options.Temperature ?? 0),
        TopK = Math.Max(0, options.TopK ?? 0),
        TopP = options.TopP is > 0 and <= 1 and var share ? share : 1,
        FrequencyPenalty = options.FrequencyPenalty ?? 0,
        PresencePenalty = options.PresencePenalty ?? 0,
        Seed = options.Seed,
    };

    private ChatResponseUpdate Update(string id, AIContent content) =>
        new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = info.Name };

    private ChatResponseUpdate End(string id, PromptPlan plan, Generation generation, int written, ReplyReader reader)
    {
        var end = Update(id, new UsageContent(new UsageDetails
        {
            InputTokenCount = plan.Tokens.Count,
            OutputTokenCount = written,
            TotalTokenCount = plan.Tokens.Count + written,
            CachedInputTokenCount = generation.Reused,
        }));
        end.FinishReason = reader.HasCalls ? ChatFinishReason.ToolCalls
            : generation.IsCut && !reader.IsOver ? ChatFinishReason.Length : ChatFinishReason.Stop;
        if (model.Template.IsFallback)
        {
            end.AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [ReplyWarning.Key] = "The model has no chat template: the messages were joined by newlines.",
            };
        }

        return end;
    }
}
