using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>What commands ask of the engine without a host: a trial of a file, and its speed. For processes of their own: a broken file may end them.</summary>
internal static class ModelEngine
{
    private const int PromptTokens = 512;
    private const int ReplyTokens = 64;
    private const int Rounds = 5;

    // Whether it fits was judged before; here it is alone.
    private static readonly LlamaOptions Alone = new() { MemoryBytes = 1L << 50, Slots = 1 };

    /// <summary>Loads a file for its role, makes one token, vector or score, and unloads it.</summary>
    /// <exception cref="ModelException">The file cannot be run.</exception>
    public static async Task TryAsync(string path, ModelRole role, CancellationToken cancellationToken)
    {
        using var catalog = new LlamaModelCatalog(Alone, TimeProvider.System, NullLogger<LlamaModelCatalog>.Instance);
        var model = new ModelFile(Path.GetFileName(path), path, "trial");
        switch (role)
        {
            case ModelRole.Chat:
                var owner = new PromptOwner(new TenantId(Guid.NewGuid()), Guid.NewGuid());
                using (var chat = await catalog.RentChatAsync(model, null, owner, cancellationToken))
                {
                    await chat.Client.GetResponseAsync("Hello", new ChatOptions { MaxOutputTokens = 1 }, cancellationToken);
                }

                break;
            case ModelRole.Embedding:
                using (var embedder = await catalog.RentEmbedderAsync(model, cancellationToken))
                {
                    await embedder.Client.GenerateAsync(["Hello"], cancellationToken: cancellationToken);
                }

                break;
            case ModelRole.Reranker:
                using (var reranker = await catalog.RentRerankerAsync(model, cancellationToken))
                {
                    await reranker.Client.ScoreAsync("Hello", ["Hello"], cancellationToken);
                }

                break;
        }
    }

    /// <summary>A chat model's speed, beside a bare loop.</summary>
    /// <exception cref="ModelException">The file cannot be run.</exception>
    public static Task<BenchFigures> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        // A quarter each: small vocabularies cut the prompt into more tokens than were meant.
        var room = ModelCard.Read(path).ContextTokens / 4;
        return ModelBench.RunAsync(
            path, Alone, Math.Min(PromptTokens, room), Math.Clamp(room, 2, ReplyTokens), Rounds, TimeProvider.System, cancellationToken);
    }
}
