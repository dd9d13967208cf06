using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Integration.Indexes;

/// <summary>An embedder that can be made to wait or to fail, so that tests can act in the middle of a build.</summary>
internal sealed class FakeEmbedder(char name, int width = 4) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Awaited before each call.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>All texts that it was asked for.</summary>
    public ConcurrentQueue<string> Texts { get; } = [];

    /// <summary>Its vector space.</summary>
    public string Key { get; } = new(name, 64);

    public DomainModels Models => new() { Embedder = new DomainEmbedder(new ModelRef($"fake-{name}", Key), this) };

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        await Before(texts, cancellationToken);
        texts.ForEach(Texts.Enqueue);
        return [.. texts.Select(text => new Embedding<float>(Enumerable.Range(1, width).Select(i => (float)(text.Length % (i + 3))).ToArray()))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing to let go.
    }
}
