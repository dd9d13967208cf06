using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Inference;

/// <summary>The native engine of this process, as an administrator sees it. Safe for concurrent use.</summary>
public static class LlamaRuntime
{
    private const int TrialTokens = 512;

    /// <summary>What is missing and the way out, as sentences; null: the engine is there. Loads it at the first call.</summary>
    public static string? Missing()
    {
        try
        {
            NativeEngine.Load();
            return null;
        }
        catch (ModelException missing)
        {
            return missing.Message;
        }
    }

    /// <summary>The release and the device that computes, proven by loading it: as <c>llama.cpp 0.5.0 on CPU, AMD EPYC</c>.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.NoEngine"/>.</exception>
    public static string Device()
    {
        var engine = NativeEngine.Load();
        var device = engine.Devices.FirstOrDefault(device => device.IsGpu) ?? engine.Devices[0];
        var memory = device.IsGpu ? $", {device.MemoryBytes >> 20} MB of its own" : "";
        return $"llama.cpp {engine.Version} on {device.Name}, {device.Description.Trim()}{memory}";
    }

    /// <summary>Loads a file for its role, makes one token, vector or score, and unloads it. A broken file may end the process: run it in a child.</summary>
    /// <exception cref="ModelException">The file cannot be run.</exception>
    public static async Task TryAsync(string path, ModelRole role, CancellationToken cancellationToken)
    {
        var card = ModelCard.Read(path);
        using var catalog = new LlamaModelCatalog(
            new LlamaOptions { MemoryBytes = long.MaxValue, Slots = 1, SlotTokens = TrialTokens }, TimeProvider.System, NullLogger<LlamaModelCatalog>.Instance);
        var file = new ModelFile(card.Name ?? card.Architecture, path, path);
        switch (role)
        {
            case ModelRole.Chat:
                using (var lease = await catalog.RentChatAsync(file, null, new PromptOwner(new TenantId(Guid.NewGuid()), Guid.NewGuid()), cancellationToken).ConfigureAwait(false))
                {
                    await lease.Client.GetResponseAsync("a", new ChatOptions { MaxOutputTokens = 1 }, cancellationToken).ConfigureAwait(false);
                }

                break;
            case ModelRole.Embedding:
                using (var lease = await catalog.RentEmbedderAsync(file, cancellationToken).ConfigureAwait(false))
                {
                    await lease.Client.GenerateAsync(["a"], cancellationToken: cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                using (var lease = await catalog.RentRerankerAsync(file, cancellationToken).ConfigureAwait(false))
                {
                    await lease.Client.ScoreAsync("a", ["b"], cancellationToken).ConfigureAwait(false);
                }

                break;
        }
    }
}
