using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace Tessera.Inference.Static;

/// <summary>
/// Texts to vectors of length 1 without a neural network: the sum of the vectors of their words and of the runs of four letters in these,
/// rare ones counting more. A text with nothing known in it has the zero vector, whose likeness to everything is 0. Safe for concurrent use.
/// </summary>
public sealed class StaticEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    // As much as takes some milliseconds: below, a change of thread costs more than it frees.
    private const int TextForCaller = 50_000;

    private readonly StaticModel model;
    private readonly WordTable words;
    private readonly EmbeddingGeneratorMetadata metadata;
    private readonly ConcurrentBag<FeatureCounter> counters = [];

    internal StaticEmbedder(StaticModel model, string name)
    {
        this.model = model;
        Name = name;
        words = new WordTable(model.Words);
        metadata = new EmbeddingGeneratorMetadata("tessera", defaultModelId: name, defaultModelDimensions: model.Dimensions);
    }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal: vectors of two files never mix.</summary>
    public string Sha256 => model.Sha256;

    /// <summary>Width of a vector.</summary>
    public int Dimensions => model.Dimensions;

    /// <summary>Reads an embedder that <c>train embedder</c> wrote: some 13 MB, all in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">The width that is needed; null takes any.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>: missing, damaged, cut, no such file, or of another width.</exception>
    public static StaticEmbedder Load(string path, int? dimensions = null) =>
        new(StaticModelFile.Read(path, dimensions), Path.GetFileNameWithoutExtension(path));

    /// <summary>As above, from the bytes of such a file.</summary>
    public static StaticEmbedder Load(ReadOnlyMemory<byte> file, string name)
    {
        // In place: a copy would be as large as the embedder.
        using var stream = MemoryMarshal.TryGetArray(file, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
        return new StaticEmbedder(StaticModelFile.Read(stream, name), name);
    }

    /// <summary>Writes a text's vector.</summary>
    /// <param name="text">Of any length; all of it counts.</param>
    /// <param name="vector">Takes <see cref="Dimensions"/> numbers.</param>
    /// <returns>False where nothing of the text is known: the vector is zero.</returns>
    public bool Embed(ReadOnlySpan<char> text, Span<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, model.Dimensions);
        if (!counters.TryTake(out var counter))
        {
            counter = new FeatureCounter(words, model.Buckets, model.SplitsIdentifiers);
        }

        counter.Read(text);
        vector.Clear();
        foreach (var row in counter.Rows)
        {
            QuantizedRow.AddTo(vector, model.Rows.AsSpan(row * model.Dimensions, model.Dimensions), counter.Weight(row) * model.Scales[row]);
        }

        counters.Add(counter);
        var length = TensorPrimitives.Norm<float>(vector);
        if (length <= 0)
        {
            return false;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values as IReadOnlyList<string> ?? [.. values];
        if (options?.Dimensions is { } wanted && wanted != Dimensions)
        {
            throw new ModelException(ModelFault.BadFile, $"{Name} makes vectors of {Dimensions} numbers, not {wanted}.");
        }

        return texts.Sum(x => (long)x.Length) <= TextForCaller && !cancellationToken.IsCancellationRequested
            ? Task.FromResult(Generate(texts, CancellationToken.None))
            : Task.Run(() => Generate(texts, cancellationToken), cancellationToken);
    }

    /// <summary>Also knows <c>Func&lt;string, float[]&gt;</c>: a word's vector, at once; embedders that read texts as wholes have none.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType == typeof(Func<string, float[]>) ? (Func<string, float[]>)(word => Generate([word], CancellationToken.None)[0].Vector.ToArray())
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Memory only; the interface asks for this.
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var made = new GeneratedEmbeddings<Embedding<float>>(texts.Count);
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[Dimensions];
            Embed(text, vector);
            made.Add(new Embedding<float>(vector) { ModelId = Name });
        }

        return made;
    }
}
