using Microsoft.Extensions.AI;

namespace Tessera.Unit.Rag.Retrieval.Vectors;

/// <summary>An embedder of single words: those that were given have the vectors that were given, all others another direction.</summary>
internal sealed class FakeWords(params (string Word, float[] Vector)[] known) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>How often a word was asked for.</summary>
    public int Asked { get; private set; }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(Func<string, float[]>) ? (Func<string, float[]>)Embed : null;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(x => new Embedding<float>(Embed(x)))));

    public void Dispose()
    {
    }

    private float[] Embed(string word)
    {
        Asked++;
        return known.FirstOrDefault(x => x.Word == word).Vector ?? [0, 0, 1];
    }
}
