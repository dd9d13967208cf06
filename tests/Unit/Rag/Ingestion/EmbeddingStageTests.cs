using Microsoft.Extensions.AI;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Ingestion;

public sealed class EmbeddingStageTests
{
    [Fact]
    public async Task Vectors_have_length_one_whatever_the_model_gives()
    {
        var made = await EmbeddingStage.EmbedAsync(new FakeEmbedder(3, 4), [Chunk(0), Chunk(1)], TestContext.Current.CancellationToken);
        float[] unit = [.6f, .8f];
        Assert.All(made, x => Assert.Equal(unit, x.Vector.ToArray()));
        var nothing = await EmbeddingStage.EmbedAsync(new FakeEmbedder(0, 0), "?", TestContext.Current.CancellationToken);
        float[] zero = [0, 0];
        Assert.Equal(zero, nothing.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Vector_with_what_is_no_number_is_refused(float value)
    {
        var refused = await Assert.ThrowsAsync<PermanentException>(() => EmbeddingStage.EmbedAsync(new FakeEmbedder(1, value), [Chunk(0)], TestContext.Current.CancellationToken));
        Assert.Equal("bad-embedder", refused.Code);
    }

    [Fact]
    public async Task Without_an_embedder_chunks_have_no_vector() =>
        Assert.All(await EmbeddingStage.EmbedAsync(null, [Chunk(0)], TestContext.Current.CancellationToken), x => Assert.True(x.Vector.IsEmpty));

    private static Chunk Chunk(int ordinal) => new(default, ordinal, "text", "", null, ordinal * 4, (ordinal * 4) + 4);

    private sealed class FakeEmbedder(params float[] vector) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(vector))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
