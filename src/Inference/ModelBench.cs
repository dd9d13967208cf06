using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference.Llama.Bench;
using Tessera.Inference.Llama.Chat;
using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Inference;

/// <summary>Speed of a model on this machine, through the chat client and through a bare loop over the same library, in turns.</summary>
public static class ModelBench
{
    /// <summary>Medians over the repetitions; the first round of each warms up and is left out.</summary>
    /// <param name="path">A GGUF file that was checked.</param>
    /// <param name="options">How models run.</param>
    /// <param name="promptTokens">Tokens that are read, about.</param>
    /// <param name="replyTokens">Tokens that are written, at least 2.</param>
    /// <param name="repetitions">Rounds that count.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="cancellationToken">Looked at between rounds.</param>
    public static async Task<BenchFigures> RunAsync(
        string path, LlamaOptions options, int promptTokens, int replyTokens, int repetitions, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        using var catalog = new LlamaModelCatalog(options, clock, NullLogger<LlamaModelCatalog>.Instance);
        using var lease = await catalog.RentChatAsync(
            new ModelFile("bench", path, "bench"), null, new PromptOwner(new TenantId(Guid.NewGuid()), Guid.NewGuid()), cancellationToken).ConfigureAwait(false);
        using var bare = new BareLoop(path, Math.Max(2048, promptTokens + replyTokens + 256), options.Threads, clock);
        var runs = new List<(double Prompt, double Reply, double BarePrompt, double BareReply)>();
        for (var round = 0; round <= repetitions; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = BenchText.Make(promptTokens, round);
            var mine = await ClientAsync(lease.Client, text, replyTokens, clock, cancellationToken).ConfigureAwait(false);
            var (read, written) = bare.Run(mine.Prompt, replyTokens);
            if (round > 0)
            {
                runs.Add((
                    mine.Prompt.Count / mine.First.TotalSeconds, (replyTokens - 1) / mine.After.TotalSeconds,
                    mine.Prompt.Count / read.TotalSeconds, (replyTokens - 1) / written.TotalSeconds));
            }
        }

        return new BenchFigures(
            NativeEngine.Load().Devices.First(device => device is not null).Description,
            Median(runs.Select(run => run.Prompt)),
            Median(runs.Select(run => run.Reply)),
            Median(runs.Select(run => run.Prompt / run.BarePrompt)),
            Median(runs.Select(run => run.Reply / run.BareReply)));
    }

    private static async Task<(IReadOnlyList<int> Prompt, TimeSpan First, TimeSpan After)> ClientAsync(
        IChatClient client, string text, int count, TimeProvider clock, CancellationToken cancellationToken)
    {
        ChatMessage[] messages = [new(ChatRole.User, text)];
        var options = new ChatOptions
        {
            MaxOutputTokens = count,
            AdditionalProperties = new AdditionalPropertiesDictionary { [ReplyForm.NeverEnd] = true },
        };
        var prompt = ((LlamaChatClient)client).PromptTokens(messages, options);
        var started = clock.GetTimestamp();
        TimeSpan? first = null;
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            first ??= update.Contents is [TextContent or UsageContent, ..] ? clock.GetElapsedTime(started) : null;
        }

        var all = clock.GetElapsedTime(started);
        return (prompt, first ?? all, all - (first ?? all));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
