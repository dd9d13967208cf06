using Tessera.Inference;
using Tessera.Inference.Hub;

namespace Tessera.Unit.Inference.Hub;

/// <summary>The list of good small models.</summary>
public sealed class ModelListTests
{
    [Theory]
    [InlineData("llama-3.1", ModelRole.Chat)]
    [InlineData("llama-3.2", ModelRole.Chat)]
    [InlineData("phi-3", ModelRole.Chat)]
    [InlineData("phi-4", ModelRole.Chat)]
    [InlineData("gemma-2", ModelRole.Chat)]
    [InlineData("gemma-3", ModelRole.Chat)]
    [InlineData("mistral", ModelRole.Chat)]
    [InlineData("mixtral", ModelRole.Chat)]
    [InlineData("qwen2.5", ModelRole.Chat)]
    [InlineData("qwen3-4", ModelRole.Chat)]
    [InlineData("smollm2", ModelRole.Chat)]
    [InlineData("nomic", ModelRole.Embedding)]
    [InlineData("qwen3-embedding", ModelRole.Embedding)]
    [InlineData("all-minilm", ModelRole.Embedding)]
    [InlineData("bge-reranker", ModelRole.Reranker)]
    public void Family_is_there_in_its_role(string name, ModelRole role)
        => Assert.Contains(ModelList.All, x => x.Name.StartsWith(name, StringComparison.Ordinal) && x.Role == role);

    [Fact]
    public void Every_model_can_be_asked_for()
    {
        Assert.Equal(ModelList.All.Count, ModelList.All.DistinctBy(x => x.Name).Count());
        Assert.All(ModelList.All, x =>
        {
            Assert.Equal(new HubReference(x.Hub, x.File), HubReference.Parse(x.Reference));
            Assert.EndsWith(".gguf", x.File, StringComparison.Ordinal);
            Assert.Matches("^[0-9.]+[MB]$", x.Parameters);
            Assert.NotEmpty(x.Licence);
            Assert.Same(x, ModelList.Find(x.Name.ToUpperInvariant()));
        });
        Assert.Null(ModelList.Find("gpt-99"));
    }
}
