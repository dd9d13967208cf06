using Tessera.Inference;
using Tessera.Inference.Hub;

namespace Tessera.Unit.Inference.Hub;

/// <summary>Pulls from a hub of ours that works, breaks off, changes and lies.</summary>
public sealed class ModelPullTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tessera-hub-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task File_comes_whole_under_its_name_and_tells_how_far_it_is()
    {
        await using var hub = new FakeHub();
        using var models = new ModelHub(new HubOptions(hub.Server.Url, "hf_secret"));
        var file = await models.ResolveAsync("owner/name:*Q4_K_M.gguf", Cancelled);
        var seen = new Progress();
        var pulled = await models.PullAsync(file, _folder.FullName, _ => null, seen, Cancelled);

        Assert.Equal(new ModelFile("model-Q4_K_M", Path.Combine(_folder.FullName, "model-Q4_K_M.gguf"), hub.File.Sha256), pulled);
        Assert.Equal(hub.Content, await File.ReadAllBytesAsync(pulled.Path, Cancelled));
        Assert.Equal([pulled.Path], Directory.GetFiles(_folder.FullName));
        Assert.Equal(new PullProgress(0, file.Size), seen.Told[0]);
        Assert.Equal(new PullProgress(file.Size, file.Size), seen.Told[^1]);
        Assert.True(seen.Told.Count >= 3);
        Assert.All(hub.Server.Exchanges, x => Assert.Equal("Bearer hf_secret", x.Headers["Authorization"]));

        // Once here, it is not brought again.
        Assert.Equal(pulled, await models.PullAsync(file, _folder.FullName, _ => "no", null, Cancelled));
        Assert.Single(hub.Downloads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pull_that_was_cut_goes_on_where_it_was(bool inAnotherProcess)
    {
        var time = new WatchedTime();
        await using var hub = new FakeHub();
        hub.Spoil = (x, n) => n == 1 ? hub.BeginAsync(x, 1_000_000) : null;
        var options = new HubOptions(hub.Server.Url) { Silence = TimeSpan.FromHours(9), Retries = inAnotherProcess ? 0 : 1 };
        using var models = new ModelHub(options, time);
        using var others = new ModelHub(options, time);
        var pull = PullAsync(models, hub.File);
        await time.PassUntil(pull, TimeSpan.FromSeconds(1));
        if (inAnotherProcess)
        {
            Assert.Contains("broke off", (await Assert.ThrowsAsync<ModelException>(() => pull)).Message, StringComparison.Ordinal);
            pull = PullAsync(others, hub.File);
        }

        Assert.Equal(hub.Content, await File.ReadAllBytesAsync((await pull).Path, Cancelled));
        Assert.Equal(["", "bytes=1000000-"], hub.Downloads.Select(x => x.Headers.GetValueOrDefault("Range", "")));
        Assert.Equal("\"v1\"", hub.Downloads.Last().Headers["If-Range"]);
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task File_that_changed_meanwhile_is_brought_anew()
    {
        await using var hub = new FakeHub();
        var right = hub.Content;
        hub.Spoil = (x, n) => n == 1 ? hub.BeginAsync(x, 1_000_000) : null;
        var file = hub.File;
        using var models = new ModelHub(new HubOptions(hub.Server.Url) { Retries = 0 });

        // What the hub began to send is not what it listed.
        hub.Content = [.. right.Select(x => (byte)~x)];
        await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, file));
        (hub.Content, hub.Tag) = (right, "\"v2\"");
        Assert.Equal(right, await File.ReadAllBytesAsync((await PullAsync(models, file)).Path, Cancelled));
        Assert.Equal("\"v1\"", hub.Downloads.Last().Headers["If-Range"]);
    }

    [Fact]
    public async Task Wrong_hash_leaves_nothing_behind()
    {
        await using var hub = new FakeHub();
        var file = hub.File;
        hub.Content[^1] ^= 1;
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        var fault = await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, file));
        Assert.Equal(ModelFault.BadFile, fault.Fault);
        Assert.All(Directory.GetFiles(_folder.FullName), x => Assert.Equal(0, new FileInfo(x).Length));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, file.Name)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task File_of_another_size_is_told(int difference)
    {
        await using var hub = new FakeHub();
        var file = hub.File with { Size = hub.Content.Length + difference };
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        Assert.Contains("no longer the one", (await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_file_is_cut_off()
    {
        await using var hub = new FakeHub();
        hub.Spoil = async (x, _) =>
        {
            await x.BeginAsync();
            while (true)
            {
                await x.ChunkAsync(new string('x', 100_000));
            }
        };
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File));
        Assert.True(Directory.GetFiles(_folder.FullName).Sum(x => new FileInfo(x).Length) <= hub.File.Size);
    }

    [Fact]
    public async Task Cancelled_pull_can_be_gone_on_with()
    {
        await using var hub = new FakeHub();
        hub.Spoil = (x, n) => n == 1 ? Task.WhenAll(hub.BeginAsync(x, 2_000_000), x.HangAsync()) : null;
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        using var cancel = new CancellationTokenSource();
        var seen = new Progress { OnTold = x => _ = x.Bytes > 1_000_000 ? cancel.CancelAsync() : Task.CompletedTask };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => models.PullAsync(hub.File, _folder.FullName, _ => null, seen, cancel.Token));
        var part = Path.Combine(_folder.FullName, $"{hub.File.Sha256}.part");
        var length = new FileInfo(part).Length;
        Assert.True(length > 1_000_000);
        Assert.Equal(hub.Content, await File.ReadAllBytesAsync((await PullAsync(models, hub.File)).Path, Cancelled));
        Assert.Equal($"bytes={length}-", hub.Downloads.Last().Headers["Range"]);
    }

    [Fact]
    public async Task Silent_hub_is_asked_again_and_then_told()
    {
        var time = new WatchedTime();
        await using var hub = new FakeHub();
        hub.Spoil = (x, _) => x.HangAsync();
        using var models = new ModelHub(new HubOptions(hub.Server.Url) { Retries = 2 }, time);
        var pull = PullAsync(models, hub.File);
        await time.PassUntil(pull, TimeSpan.FromSeconds(30));
        Assert.Contains("does not answer", (await Assert.ThrowsAsync<ModelException>(() => pull)).Message, StringComparison.Ordinal);
        Assert.True(hub.Downloads.Count() <= 3);
    }

    [Fact]
    public async Task Busy_hub_is_asked_again_when_it_says()
    {
        var time = new WatchedTime();
        await using var hub = new FakeHub();
        hub.Spoil = (x, n) => n == 1 ? x.SendAsync(503, "", "Retry-After: 9") : null;
        using var models = new ModelHub(new HubOptions(hub.Server.Url), time);
        var pull = PullAsync(models, hub.File);
        await time.SomebodyWaits(TimeSpan.FromSeconds(9));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(hub.File.Sha256, (await pull).Sha256);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_it_is_asked_for()
    {
        await using var hub = new FakeHub();
        using var models = new ModelHub(new HubOptions(hub.Server.Url), TimeProvider.System, _ => 1_000_000);
        var disk = await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File));
        Assert.Contains("does not fit on the disk", disk.Message, StringComparison.Ordinal);
        var memory = await Assert.ThrowsAsync<ModelException>(() => models.PullAsync(hub.File, _folder.FullName, x => $"{x} bytes are too many.", null, Cancelled));
        Assert.Equal(ModelFault.TooLarge, memory.Fault);
        Assert.EndsWith($"is not pulled: {hub.Content.Length} bytes are too many.", memory.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Server.Exchanges);
    }

    [Fact]
    public async Task Two_pulls_of_one_file_do_not_mix()
    {
        await using var hub = new FakeHub();
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        await using (new FileStream(Path.Combine(_folder.FullName, $"{hub.File.Sha256}.part"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.Contains("another pull", (await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File))).Message, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, hub.File.Name), "mine", Cancelled);
        Assert.Contains("Another file lies", (await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File))).Message, StringComparison.Ordinal);
        Assert.Empty(hub.Server.Exchanges);
    }

    [Fact]
    public async Task Redirect_is_followed_without_the_token()
    {
        await using var hub = new FakeHub();
        await using var store = new LocalServer(hub.SendAsync);
        hub.Spoil = (x, _) => x.SendAsync(302, "", $"Location: {store.Url}blob?signed=1");
        using var models = new ModelHub(new HubOptions(hub.Server.Url, "hf_secret"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, $"{hub.File.Sha256}.part"), hub.Content[..500], Cancelled);
        await PullAsync(models, hub.File);
        var request = Assert.Single(store.Exchanges);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.Equal("bytes=500-", request.Headers["Range"]);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("/owner/name/resolve/main/model-Q4_K_M.gguf")]
    public async Task Redirect_that_is_not_safe_or_never_ends_is_not_followed(string target)
    {
        await using var hub = new FakeHub();
        hub.Spoil = (x, _) => x.SendAsync(302, "", $"Location: {target}");
        using var models = new ModelHub(new HubOptions(hub.Server.Url));
        Assert.Contains("not safe", (await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "TESSERA_HUB_TOKEN")]
    [InlineData(403, "licence")]
    [InlineData(404, "no such repository")]
    public async Task Refusal_is_told_with_the_way_out(int status, string says)
    {
        await using var hub = new FakeHub();
        hub.Spoil = (x, _) => x.SendAsync(status, "token hf_secret");
        using var models = new ModelHub(new HubOptions(hub.Server.Url, "hf_secret"));
        var fault = await Assert.ThrowsAsync<ModelException>(() => PullAsync(models, hub.File));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(hub.Downloads);
    }

    private Task<ModelFile> PullAsync(ModelHub models, HubFile file) => models.PullAsync(file, _folder.FullName, _ => null, null, Cancelled);

    private sealed class Progress : IProgress<PullProgress>
    {
        public List<PullProgress> Told { get; } = [];

        public Action<PullProgress> OnTold { get; init; } = _ => { };

        public void Report(PullProgress value)
        {
            Told.Add(value);
            OnTold(value);
        }
    }
}
