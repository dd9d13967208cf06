using System.Numerics.Tensors;
using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Static;

namespace Tessera.Unit.Inference.Static;

public sealed class StaticEmbedderTests
{
    private static readonly StaticEmbedder Embedder = new(StaticModels.Make(48, false, "the tenant shall pay the rent"), "toy");

    [Theory]
    [InlineData("")]
    [InlineData(" \n—…")]
    [InlineData("z")]
    public void Text_of_nothing_known_is_zero_and_like_nothing(string text)
    {
        var (vector, other) = (new float[48], new float[48]);
        Assert.False(Embedder.Embed(text, vector));
        Assert.True(Embedder.Embed("rent", other));
        Assert.Equal(0, TensorPrimitives.Dot<float>(vector, other));
    }

    [Fact]
    public void Any_text_has_length_one_or_zero() =>
        Gen.String.Sample(
            text =>
            {
                var vector = new float[48];
                var known = Embedder.Embed(text, vector);
                Assert.Equal(known ? 1f : 0f, TensorPrimitives.Norm<float>(vector), 1e-4f);
            },
            iter: 300);

    [Fact]
    public async Task Texts_come_back_in_order_from_many_callers_at_once()
    {
        string[] texts = ["rent", "the tenant", "", "shall pay " + new string('x', 60_000)];
        var alone = texts.Select(x => Vector(Embedder, x)).ToArray();
        var stop = TestContext.Current.CancellationToken;
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Embedder.GenerateAsync(texts, null, stop), stop)));
        Assert.All(replies, reply => Assert.Equal(alone, reply.Select(x => x.Vector.ToArray())));
    }

    [Fact]
    public async Task Generator_tells_its_width_and_refuses_another()
    {
        var metadata = (EmbeddingGeneratorMetadata)Embedder.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal((48, "toy"), (metadata.DefaultModelDimensions, metadata.DefaultModelId));
        await Assert.ThrowsAsync<ModelException>(() => Embedder.GenerateAsync(["rent"], new EmbeddingGenerationOptions { Dimensions = 64 }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Embedder.GenerateAsync(["rent"], null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Row_of_bytes_is_near_the_row_of_numbers() =>
        Gen.Float[-3, 3].Array[64].Sample(
            row =>
            {
                var bytes = new sbyte[64];
                var scale = QuantizedRow.Quantize(row, bytes);
                var sum = new float[64];
                QuantizedRow.AddTo(sum, bytes, scale);
                Assert.All(row.Zip(sum), x => Assert.InRange(MathF.Abs(x.First - x.Second), 0, (scale / 2) + 1e-6f));
            },
            iter: 200);

    [Fact]
    public void Row_of_zeros_is_worth_nothing()
    {
        var bytes = new sbyte[16];
        Assert.Equal(0, QuantizedRow.Quantize(new float[16], bytes));
    }

    private static float[] Vector(StaticEmbedder embedder, string text)
    {
        var vector = new float[embedder.Dimensions];
        embedder.Embed(text, vector);
        return vector;
    }
}
