using System.Numerics.Tensors;
using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Rag.Retrieval.Vectors;

namespace Tessera.Unit.Rag.Retrieval.Vectors;

public sealed class WordVectorsTests
{
    [Fact]
    public void Embedder_is_asked_once_for_a_word_and_its_vectors_are_kept_with_it()
    {
        var embedder = new FakeWords(("red", [1, 0, 0]));
        Assert.Same(WordVectors.Of(embedder), WordVectors.Of(embedder));
        Assert.Equal(WordVectors.Of(embedder)!["red"], WordVectors.Of(embedder)!["red"]);
        Assert.Equal(1, embedder.Asked);
        Assert.NotSame(WordVectors.Of(embedder), WordVectors.Of(new FakeWords()));
    }

    [Fact]
    public void Embedder_of_whole_texts_and_none_have_none()
    {
        Assert.Null(WordVectors.Of(null));
        Assert.Null(WordVectors.Of(new WholeTexts()));
    }

    [Fact]
    public void Likeness_of_bytes_of_any_width_is_that_of_the_vectors() =>
        Gen.Int[1, 70].SelectMany(width => Gen.Select(Gen.Float[-1, 1].Array[width], Gen.Float[-1, 1].Array[width])).Sample((left, right) =>
        {
            var (a, b) = (Unit(left), Unit(right));
            var words = WordVectors.Of(new FakeWords(("a", a), ("b", b)))!;
            Assert.Equal(TensorPrimitives.Dot<float>(a, b), Int8Dot.Portable(words["a"], words["b"]) / (127f * 127), 0.1f);
        });

    [Fact]
    public void More_words_than_are_kept_are_still_right()
    {
        var words = WordVectors.Of(new FakeWords(("red", [1, 0, 0])))!;
        var red = words["red"];
        for (var i = 0; i < 70_000; i++)
        {
            Assert.Equal(127, words[$"word {i}"][2]);
        }

        Assert.Equal(red, words["red"]);
    }

    private static float[] Unit(float[] vector)
    {
        var length = Math.Max(1e-6f, TensorPrimitives.Norm<float>(vector));
        return Array.ConvertAll(vector, x => x / length);
    }

    private sealed class WholeTexts : IEmbeddingGenerator<string, Embedding<float>>
    {
        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
