using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Chat;
using Tessera.Inference.Llama.Loading;
using Tessera.Inference.Llama.Native;
using Tessera.Inference.Llama.Vectors;

namespace Tessera.Inference;

/// <summary>Models through llama.cpp in this process.</summary>
public sealed partial class LlamaModelCatalog : IModelCatalog, IDisposable
{
    private readonly LlamaOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim loads = new(1, 1);
    private readonly Dictionary<(string Sha256, ModelRole Role), ModelEntry> entries = [];
    private readonly MemoryBudget budget;
    private readonly ITimer sweeper;
    private bool disposed;

    /// <summary>Loads nothing yet.</summary>
    /// <exception cref="ValidationException">An option is beyond its bounds.</exception>
    /// <param name="options">How models run.</param>
    /// <param name="clock">Tells when a model was idle long enough.</param>
    /// <param name="logger">Gets the engine's own warnings and what is loaded and unloaded.</param>
    public LlamaModelCatalog(LlamaOptions options, TimeProvider clock, ILogger<LlamaModelCatalog> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (this.options, this.clock, this.logger) = (options, clock, logger);
        budget = new MemoryBudget(options.MemoryBytes);
        NativeLog.SendTo(logger);
        var period = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(1).Ticks, options.IdleAfter.Ticks / 4));
        sweeper = clock.CreateTimer(_ => UnloadIdle(), null, period, period);
    }

    /// <inheritdoc />
    public async ValueTask<ModelLease<IChatClient>> RentChatAsync(
        ModelFile model, AdapterFile? adapter, PromptOwner owner, CancellationToken cancellationToken)
    {
        var (entry, loaded) = await RentAsync(model, ModelRole.Chat, cancellationToken).ConfigureAwait(false);
        try
        {
            var chat = (LoadedChat)loaded;
            var handle = adapter is null ? null : await chat.AdapterAsync(adapter).ConfigureAwait(false);
            return new ModelLease<IChatClient>(new LlamaChatClient(chat, adapter?.Sha256, handle, owner), () => GiveBack(entry));
        }
        catch
        {
            GiveBack(entry);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask<ModelLease<IEmbeddingGenerator<string, Embedding<float>>>> RentEmbedderAsync(ModelFile model, CancellationToken cancellationToken)
    {
        var (entry, loaded) = await RentAsync(model, ModelRole.Embedding, cancellationToken).ConfigureAwait(false);
        return new ModelLease<IEmbeddingGenerator<string, Embedding<float>>>(((LoadedVectors)loaded).Embedder, () => GiveBack(entry));
    }

    /// <inheritdoc />
    public async ValueTask<ModelLease<IReranker>> RentRerankerAsync(ModelFile model, CancellationToken cancellationToken)
    {
        var (entry, loaded) = await RentAsync(model, ModelRole.Reranker, cancellationToken).ConfigureAwait(false);
        return new ModelLease<IReranker>(((LoadedVectors)loaded).Reranker, () => GiveBack(entry));
    }

    /// <summary>How many models are loaded or being loaded, and the bytes that they take together.</summary>
    public (int Models, long Bytes) Loaded
    {
        get
        {
            lock (gate)
            {
                return (entries.Count, entries.Values.Sum(entry => entry.Bytes));
            }
        }
    }

    /// <summary>Unloads every model; what is being written ends with an error.</summary>
    public void Dispose()
    {
        List<ModelEntry> all;
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            all = [.. entries.Values];
            entries.Clear();
        }

        sweeper.Dispose();
        all.ForEach(Unload);
        NativeLog.SendTo(null);
    }

    private async Task<(ModelEntry Entry, LoadedModel Loaded)> RentAsync(ModelFile model, ModelRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelEntry entry;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!entries.TryGetValue((model.Sha256, role), out var known))
            {
                // The load belongs to all who will wait for it: one who leaves does not stop it.
                entries[(model.Sha256, role)] = known = new ModelEntry(Task.Run(() => LoadAsync(model, role), CancellationToken.None));
            }

            entry = known;
            entry.Leases++;
            entry.LastUsed = clock.GetTimestamp();
        }

        try
        {
            return (entry, await entry.Loading.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            GiveBack(entry);
            throw;
        }
    }

    private async Task<LoadedModel> LoadAsync(ModelFile model, ModelRole role)
    {
        await loads.WaitAsync().ConfigureAwait(false);
        try
        {
            var started = clock.GetTimestamp();
            var loaded = Load(model, role, ModelCard.Read(model.Path));
            LogLoaded(logger, model.Name, role, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            return loaded;
        }
        catch
        {
            lock (gate)
            {
                entries.Remove((model.Sha256, role));
            }

            throw;
        }
        finally
        {
            loads.Release();
        }
    }

    private LoadedModel Load(ModelFile model, ModelRole role, ModelCard card)
    {
        if (role == ModelRole.Chat)
        {
            var shape = ChatFit.Choose(card, Reachable(), options) ?? throw TooLarge(model, card);
            MakeRoom(model, role, ChatFit.Bytes(card, shape), card);
            return LoadedChat.Load(model, card, shape, clock, logger);
        }

        var vectors = VectorFit.Choose(card, role, options);
        MakeRoom(model, role, VectorFit.Bytes(card, vectors), card);
        return LoadedVectors.Load(model, vectors, VectorFit.Bytes(card, vectors));
    }

    private long Reachable()
    {
        lock (gate)
        {
            return budget.Reachable(entries.Values);
        }
    }

    private void MakeRoom(ModelFile model, ModelRole role, long bytes, ModelCard card)
    {
        IReadOnlyList<ModelEntry>? leaving;
        lock (gate)
        {
            leaving = budget.Unload(bytes, entries.Values) ?? throw TooLarge(model, card);
            foreach (var key in entries.Where(pair => leaving.Contains(pair.Value)).Select(pair => pair.Key).ToList())
            {
                entries.Remove(key);
            }

            entries[(model.Sha256, role)].Bytes = bytes;
        }

        foreach (var entry in leaving)
        {
            Unload(entry);
        }
    }

    private void UnloadIdle()
    {
        List<ModelEntry> idle;
        lock (gate)
        {
            var keys = entries.Where(pair => pair.Value is { Leases: 0, Loading.IsCompletedSuccessfully: true }
                && clock.GetElapsedTime(pair.Value.LastUsed) >= options.IdleAfter).Select(pair => pair.Key).ToList();
            idle = [.. keys.Select(key => entries[key])];
            keys.ForEach(key => entries.Remove(key));
        }

        idle.ForEach(Unload);
    }

    private void Unload(ModelEntry entry) => entry.Loading.ContinueWith(
        loading =>
        {
            var loaded = loading.GetAwaiter().GetResult();
            loaded.Dispose();
            LogUnloaded(logger, loaded.File.Name);
        },
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void GiveBack(ModelEntry entry)
    {
        lock (gate)
        {
            entry.Leases--;
            entry.LastUsed = clock.GetTimestamp();
        }
    }

    private ModelException TooLarge(ModelFile model, ModelCard card) => new(
        ModelFault.TooLarge,
        $"'{model.Name}' ({card.FileBytes >> 20} MB) does not fit into the {options.MemoryBytes >> 20} MB that models may take, beside those in use. Take a smaller model, or give models more memory.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is loaded as {Role} in {Milliseconds} ms")]
    private static partial void LogLoaded(ILogger logger, string model, ModelRole role, long milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is unloaded")]
    private static partial void LogUnloaded(ILogger logger, string model);
}
