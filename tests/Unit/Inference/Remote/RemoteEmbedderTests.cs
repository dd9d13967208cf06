using System.Numerics.Tensors;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Remote;
using static Tessera.Unit.Inference.Remote.OpenAIReplies;

namespace Tessera.Unit.Inference.Remote;

/// <summary>Vectors of a server.</summary>
public sealed class RemoteEmbedderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_texts_come_in_batches_in_their_order_and_with_length_one(bool base64)
    {
        // The vector of text n is (n + 1, 1), told backwards.
        await using var server = new LocalServer(x => x.SendAsync(200, Vectors(
            Inputs(x).Select((text, i) => (i, new[] { int.Parse(text, null) + 1f, 1f })).Reverse(), base64)));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var vectors = await models.OpenEmbedder("e").GenerateAsync(Enumerable.Range(0, 130).Select(x => $"{x}"), cancellationToken: Cancelled);

        Assert.Equal(130, vectors.Count);
        Assert.All(vectors.Index(), x => Assert.Equal(x.Index + 1f, x.Item.Vector.Span[0] / x.Item.Vector.Span[1], 0.01f));
        Assert.All(vectors, x => Assert.Equal(1, TensorPrimitives.Norm(x.Vector.Span), 1e-5f));
        Assert.Equal([64, 64, 2], server.Exchanges.Select(x => Inputs(x).Length));
        Assert.Equal(6, vectors.Usage!.InputTokenCount);
        Assert.Equal(server.Exchanges.Sum(x => x.Body.Length), vectors.Usage.AdditionalCounts![RemoteModels.BytesSent]);
    }

    [Fact]
    public async Task Change_of_dimension_is_told()
    {
        await using var server = new LocalServer(x => x.SendAsync(200, Vectors([(0, new float[x.Number + 1].Select(_ => 1f).ToArray())], false)));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var embedder = models.OpenEmbedder("e");
        await embedder.GenerateAsync(["a"], cancellationToken: Cancelled);
        var fault = await Assert.ThrowsAsync<ModelException>(() => embedder.GenerateAsync(["a"], cancellationToken: Cancelled));
        Assert.Contains("different dimensions", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[0,0]},{"index":1,"embedding":[1,0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e39,0]},{"index":1,"embedding":[1,0]}]}""")]
    [InlineData("""{"data":[{"index":1,"embedding":[1,0]},{"index":1,"embedding":[1,0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"?"},{"index":1,"embedding":"?"}]}""")]
    [InlineData("""{"data":7}""")]
    [InlineData("nothing")]
    public async Task Vectors_that_are_none_are_told(string body)
    {
        await using var server = new LocalServer(x => x.SendAsync(200, body));
        using var models = new RemoteModels(new RemoteEndpoint(server.Url));
        var fault = await Assert.ThrowsAsync<ModelException>(() => models.OpenEmbedder("e").GenerateAsync(["a", "b"], cancellationToken: Cancelled));
        Assert.Equal(ModelFault.Remote, fault.Fault);
    }

    [Fact]
    public async Task No_texts_need_no_server()
    {
        using var models = new RemoteModels(new RemoteEndpoint(new Uri("http://127.0.0.1:9")));
        Assert.Empty(await models.OpenEmbedder("e").GenerateAsync([], cancellationToken: Cancelled));
    }

    private static string[] Inputs(LocalExchange exchange)
    {
        using var json = JsonDocument.Parse(exchange.Body);
        return [.. json.RootElement.GetProperty("input").EnumerateArray().Select(x => x.GetString()!)];
    }
}
