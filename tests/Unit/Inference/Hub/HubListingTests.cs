using Tessera.Inference;
using Tessera.Inference.Hub;

namespace Tessera.Unit.Inference.Hub;

/// <summary>Which file a reference means.</summary>
public sealed class HubListingTests
{
    private static readonly string Hash = new('a', 64);

    private static readonly HubFile[] Files =
    [
        new("o/n", "model-Q4_K_M.gguf", 10, Hash), new("o/n", "model-Q8_0.gguf", 20, Hash), new("o/n", "deep/er/other.gguf", 30, Hash),
        new("o/n", "big-00001-of-00002.gguf", 5, Hash), new("o/n", "big-00002-of-00002.gguf", 5, Hash),
        new("o/n", "small.gguf", 1, ""), new("o/n", "README.md", 1, ""), new("o/n", "../evil.gguf", 1, Hash), new("o/n", ".hidden.gguf", 1, Hash),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("model-Q4_K_M.gguf", "model-Q4_K_M.gguf")]
    [InlineData("*q4_k_m*", "model-Q4_K_M.gguf")]
    [InlineData("model-Q?_0.gguf", "model-Q8_0.gguf")]
    [InlineData("other.gguf", "deep/er/other.gguf")]
    [InlineData("deep/*", "deep/er/other.gguf")]
    public async Task One_file_is_found_with_size_and_hash(string pattern, string path)
        => Assert.Equal(Files.Single(x => x.Path == path), await ResolveAsync($"o/n:{pattern}"));

    [Theory]
    [InlineData("model*", "choose one of model-Q4_K_M.gguf, model-Q8_0.gguf.")]
    [InlineData("nothing*", "choose one of model-Q4_K_M.gguf, model-Q8_0.gguf, deep/er/other.gguf")]
    [InlineData("big-00001-of-00002.gguf", "was split")]
    [InlineData("big-*", "was split")]
    [InlineData("small.gguf", "no SHA-256")]
    [InlineData("README.md", "no GGUF file")]
    [InlineData("*evil.gguf", "No file")]
    [InlineData("*hidden*", "No file")]
    public async Task What_cannot_be_pulled_is_told(string pattern, string says)
        => Assert.Contains(says, (await Assert.ThrowsAsync<ModelException>(() => ResolveAsync($"o/n:{pattern}"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("model.gguf")]
    [InlineData("o/n")]
    [InlineData("o/n:")]
    [InlineData("o/n/m:x.gguf")]
    [InlineData("../n:x.gguf")]
    [InlineData("o/..:x.gguf")]
    [InlineData("o/n?x=1:x.gguf")]
    [InlineData("o/n:a\nb")]
    public async Task Reference_that_is_none_is_refused_before_anything_is_asked(string reference)
    {
        using var models = new ModelHub(new HubOptions(new Uri("http://127.0.0.1:9")));
        Assert.Contains("owner/name:file", (await Assert.ThrowsAsync<ModelException>(() => models.ResolveAsync(reference, Cancelled))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_list_comes_in_pages_below_the_hubs_path()
    {
        LocalServer? server = null;
        await using var hub = server = new LocalServer(x => x.Target.Contains("cursor", StringComparison.Ordinal)
            ? x.SendAsync(200, FakeHub.List(Files[1]))
            : x.SendAsync(200, FakeHub.List(Files[0]), $"Link: <{server!.Url}mirror/api/models/o/n/tree/main?cursor=2>; rel=\"next\""));
        using var models = new ModelHub(new HubOptions(new Uri(hub.Url, "mirror/")));
        Assert.Equal(Files[1], await models.ResolveAsync("o/n:*Q8_0.gguf", Cancelled));
        Assert.All(hub.Exchanges, x => Assert.StartsWith("/mirror/api/models/o/n/tree/main?", x.Target, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<http://127.0.0.1:9/next>; rel=\"next\"")]
    [InlineData("</again>; rel=\"next\"")]
    public async Task List_that_leaves_the_hub_or_never_ends_is_told(string link)
    {
        await using var hub = new LocalServer(x => x.SendAsync(200, FakeHub.List(Files[0]), $"Link: {link}"));
        using var models = new ModelHub(new HubOptions(hub.Url));
        Assert.Contains("not understood", (await Assert.ThrowsAsync<ModelException>(() => models.ResolveAsync("o/n:x.gguf", Cancelled))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("""[{"path":7}]""")]
    [InlineData("""[{"path":"a.gguf","lfs":{"oid":"x"}}]""")]
    [InlineData("""[{"path":"a.gguf","size":1e99}]""")]
    public async Task Garbage_is_told(string body)
    {
        await using var hub = new LocalServer(x => x.SendAsync(200, body));
        using var models = new ModelHub(new HubOptions(hub.Url));
        Assert.Equal(ModelFault.Remote, (await Assert.ThrowsAsync<ModelException>(() => models.ResolveAsync("o/n:x.gguf", Cancelled))).Fault);
    }

    [Fact]
    public async Task Endless_list_is_cut_off()
    {
        await using var hub = new LocalServer(async x =>
        {
            await x.BeginAsync();
            while (true)
            {
                await x.ChunkAsync(new string(' ', 100_000));
            }
        });
        using var models = new ModelHub(new HubOptions(hub.Url));
        Assert.Contains("not understood", (await Assert.ThrowsAsync<ModelException>(() => models.ResolveAsync("o/n:x.gguf", Cancelled))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://hub", null)]
    [InlineData("http://user:word@hub", null)]
    [InlineData("http://hub", "a b")]
    public void Options_that_cannot_be_are_refused(string address, string? token)
        => Assert.Throws<ArgumentException>(() => new ModelHub(new HubOptions(new Uri(address), token)));

    [Fact]
    public void Options_show_no_token()
        => Assert.DoesNotContain("hf_secret", new HubOptions(new Uri("http://hub"), "hf_secret").ToString(), StringComparison.Ordinal);

    private static async Task<HubFile> ResolveAsync(string reference)
    {
        await using var hub = new LocalServer(x => x.SendAsync(200, FakeHub.List(Files)));
        using var models = new ModelHub(new HubOptions(hub.Url));
        return await models.ResolveAsync(reference, Cancelled);
    }
}
