using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace Tessera.Inference.Remote;

/// <summary>Embeds on a server: in batches, in the order of the texts, with vectors of length 1 that all have one dimension. Safe for concurrent use.</summary>
internal sealed class RemoteEmbedder(EmbeddingClient client, EmbeddingGeneratorMetadata metadata, RemoteFaults faults)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Texts in one request.</summary>
    public const int LargestBatch = 64;

    private int _dimension;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var call = RemoteCall.Current = new RemoteCall();
        var usage = new UsageDetails { InputTokenCount = 0, TotalTokenCount = 0 };
        var all = new GeneratedEmbeddings<Embedding<float>> { Usage = usage };
        foreach (var texts in values.Chunk(LargestBatch))
        {
            try
            {
                var wanted = new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = options?.Dimensions };
                var reply = await client.GenerateEmbeddingsAsync(texts, wanted, cancellationToken).ConfigureAwait(false);
                all.AddRange(Order(reply.Value, texts.Length).Select(ToUnit));
                usage.InputTokenCount += reply.Value.Usage?.InputTokenCount ?? 0;
                usage.TotalTokenCount += reply.Value.Usage?.TotalTokenCount ?? 0;
            }
            catch (Exception e) when (faults.Translate(e, call, cancellationToken) is { } fault)
            {
                throw fault;
            }
        }

        call.TellIn(usage);
        return all;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
    }

    // Servers may answer out of order; some number nothing.
    private IEnumerable<OpenAIEmbedding> Order(OpenAIEmbeddingCollection reply, int texts)
    {
        if (reply.Count != texts)
        {
            throw faults.Vectors("another number of vectors than there were texts");
        }

        List<OpenAIEmbedding> ordered = [.. reply.OrderBy(x => x.Index)];
        return reply.All(x => x.Index == 0) ? reply
            : ordered.Index().All(x => x.Item.Index == x.Index) ? ordered
            : throw faults.Vectors("vectors that are numbered wrongly");
    }

    private Embedding<float> ToUnit(OpenAIEmbedding embedding)
    {
        var vector = embedding.ToFloats().ToArray();
        var length = TensorPrimitives.Norm(vector);
        if (vector.Length == 0 || !float.IsFinite(length) || length == 0)
        {
            throw faults.Vectors("a vector without a length");
        }

        var known = Interlocked.CompareExchange(ref _dimension, vector.Length, 0);
        if (known != 0 && known != vector.Length)
        {
            throw faults.Vectors("vectors of different dimensions");
        }

        TensorPrimitives.Divide(vector, length, vector);
        return new Embedding<float>(vector) { ModelId = metadata.DefaultModelId };
    }
}
