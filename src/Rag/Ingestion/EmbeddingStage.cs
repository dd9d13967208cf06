using Microsoft.Extensions.AI;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>Gives texts their vectors: unit length, as stores want them.</summary>
internal static class EmbeddingStage
{
    private const int Batch = 64;

    /// <summary>The chunks in order, each with the vector of its heading trail and text; with none where there is no embedder.</summary>
    public static async Task<IReadOnlyList<EmbeddedChunk>> EmbedAsync(
        IEmbeddingGenerator<string, Embedding<float>>? embedder, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken)
    {
        if (embedder is null)
        {
            return [.. chunks.Select(chunk => new EmbeddedChunk(chunk))];
        }

        var embedded = new List<EmbeddedChunk>(chunks.Count);
        foreach (var batch in chunks.Chunk(Batch))
        {
            var vectors = await embedder.GenerateAsync(
                batch.Select(chunk => chunk.Path.Length == 0 ? chunk.Text : $"{chunk.Path}\n{chunk.Text}"),
                cancellationToken: cancellationToken).ConfigureAwait(false);
            if (vectors.Count != batch.Length || vectors.Any(vector => vector.Vector.IsEmpty))
            {
                throw new PermanentException(
                    "bad-embedder", "The embedding model returned another number of vectors than it was given texts, or an empty one.");
            }

            embedded.AddRange(batch.Zip(vectors, (chunk, vector) => new EmbeddedChunk(chunk, ToUnitLength(vector.Vector))));
        }

        return embedded;
    }

    /// <summary>The vector of a question.</summary>
    public static async Task<ReadOnlyMemory<float>> EmbedAsync(
        IEmbeddingGenerator<string, Embedding<float>> embedder, string question, CancellationToken cancellationToken)
        => ToUnitLength(await embedder.GenerateVectorAsync(question, cancellationToken: cancellationToken).ConfigureAwait(false));

    private static float[] ToUnitLength(ReadOnlyMemory<float> vector)
    {
        var unit = vector.ToArray();
        var squares = 0d;
        foreach (var value in unit)
        {
            squares += (double)value * value;
        }

        if (!double.IsFinite(squares))
        {
            throw new PermanentException("bad-embedder", "The embedding model returned a vector with numbers that are none.");
        }

        var scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = (float)(unit[i] * scale);
        }

        return unit;
    }
}
