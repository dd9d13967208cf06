using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Tessera.Inference.Static.Model2Vec;

/// <summary>
/// A static embedder that others trained, from a Model2Vec folder (<c>model.safetensors</c> and <c>tokenizer.json</c>): the mean of the vectors
/// of a text's pieces, of length 1. All of a text counts, also beyond the 512 pieces at which the original stops. A text of nothing known has
/// the zero vector, whose likeness to everything is 0. Safe for concurrent use.
/// </summary>
public sealed class Model2VecEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly float[] rows;
    private readonly WordPieces pieces;
    private readonly string name;
    private readonly EmbeddingGeneratorMetadata metadata;

    private Model2VecEmbedder(float[] rows, int width, WordPieces pieces, string name)
    {
        this.rows = rows;
        this.pieces = pieces;
        this.name = name;
        Dimensions = width;
        metadata = new EmbeddingGeneratorMetadata("model2vec", defaultModelId: name, defaultModelDimensions: width);
    }

    /// <summary>Width of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>Reads a folder, all of it into memory.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>: a file is missing, damaged or of a kind that is not read.</exception>
    public static Model2VecEmbedder Load(string folder)
    {
        try
        {
            using var table = File.OpenRead(Path.Combine(folder, "model.safetensors"));
            using var vocabulary = File.OpenRead(Path.Combine(folder, "tokenizer.json"));
            var (numbers, count, width) = SafetensorsFile.Read(table, "embeddings");
            return new Model2VecEmbedder(numbers, width, WordPieces.Read(vocabulary, count), Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.BadFile, $"The folder is no Model2Vec model: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a text's vector.</summary>
    /// <param name="text">Of any length.</param>
    /// <param name="vector">Takes <see cref="Dimensions"/> numbers.</param>
    /// <returns>False where nothing of the text is known: the vector is zero.</returns>
    public bool Embed(string text, Span<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, Dimensions);
        vector.Clear();
        foreach (var row in pieces.Cut(text))
        {
            TensorPrimitives.Add(vector, rows.AsSpan(row * Dimensions, Dimensions), vector);
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (length is not (> 0 and < float.PositiveInfinity))
        {
            vector.Clear();
            return false;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(
            () =>
            {
                var made = new GeneratedEmbeddings<Embedding<float>>();
                foreach (var text in values)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var vector = new float[Dimensions];
                    Embed(text, vector);
                    made.Add(new Embedding<float>(vector) { ModelId = name });
                }

                return made;
            },
            cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Memory only; the interface asks for this.
    }
}
