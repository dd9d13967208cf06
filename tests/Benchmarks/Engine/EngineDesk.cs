using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference;
using Tessera.Inference.Llama.Bench;
using Tessera.Inference.Llama.Chat;
using Tessera.Sdk;

namespace Tessera.Benchmarks.Engine;

/// <summary>A catalogue to measure with, and what is measured of one reply.</summary>
internal sealed class EngineDesk(LlamaOptions options) : IDisposable
{
    private int texts;

    public LlamaModelCatalog Catalog { get; } = new(options, TimeProvider.System, NullLogger<LlamaModelCatalog>.Instance);

    public static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Text that was never read before.</summary>
    public string NewText(int tokens) => BenchText.Make(tokens, ++texts);

    public static PromptOwner NewOwner(TenantId? tenant = null) => new(tenant ?? new TenantId(Guid.NewGuid()), Guid.NewGuid());

    public ValueTask<ModelLease<IChatClient>> RentAsync(string model, PromptOwner owner, AdapterFile? adapter = null) =>
        Catalog.RentChatAsync(new ModelFile(Path.GetFileNameWithoutExtension(model), model, model), adapter, owner, CancellationToken.None);

    /// <summary>Reads a prompt and writes a reply.</summary>
    public static async Task<Timing> AskAsync(IChatClient client, string text, int count, Action<ChatOptions>? change = null)
    {
        ChatMessage[] messages = [new(ChatRole.User, text)];
        var options = new ChatOptions { MaxOutputTokens = count, AdditionalProperties = new AdditionalPropertiesDictionary { [ReplyForm.NeverEnd] = true } };
        change?.Invoke(options);
        var started = Stopwatch.GetTimestamp();
        double? first = null;
        var usage = new UsageDetails();
        await foreach (var update in client.GetStreamingResponseAsync(messages, options))
        {
            first ??= update.Contents.Count > 0 && update.Contents is not [UsageContent] ? Stopwatch.GetElapsedTime(started).TotalSeconds : null;
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
        }

        return new Timing(first ?? 0, Stopwatch.GetElapsedTime(started).TotalSeconds, (int)(usage.InputTokenCount ?? 0), (int)(usage.OutputTokenCount ?? 0));
    }

    public void Dispose() => Catalog.Dispose();

    /// <param name="First">Seconds up to the first text.</param>
    /// <param name="All">Seconds up to the end.</param>
    /// <param name="Read">Tokens of the prompt.</param>
    /// <param name="Written">Tokens of the reply.</param>
    internal sealed record Timing(double First, double All, int Read, int Written)
    {
        /// <summary>Of a token after the first; of all where nothing was shown before the end.</summary>
        public double TokenSeconds => First > 0 ? (All - First) / Math.Max(1, Written - 1) : All / Math.Max(1, Written);
    }
}
