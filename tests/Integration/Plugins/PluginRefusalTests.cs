using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;
using Tessera.Sdk;

namespace Tessera.Integration.Plugins;

/// <summary>What is refused leaves nothing behind: no row, no file, no code.</summary>
public sealed class PluginRefusalTests(PluginBench bench) : IClassFixture<PluginBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unknown-publisher")]
    [InlineData("unsigned")]
    [InlineData("bad-signature")]
    [InlineData("bad-manifest")]
    [InlineData("hash-mismatch")]
    [InlineData("missing-file")]
    [InlineData("extra-file")]
    [InlineData("bad-name", "../outside.txt")]
    [InlineData("bad-name", "/etc/outside.txt")]
    [InlineData("bad-name", "..\\outside.txt")]
    [InlineData("bad-name", "golden/../../outside.txt")]
    [InlineData("bad-name", "TESSERA.LEGAL.DLL")]
    [InlineData("bad-name", "plugin.sig")]
    [InlineData("sdk-range")]
    [InlineData("not-canonical")]
    [InlineData("not-canonical", "empty")]
    [InlineData("cannot-load", "Tessera.Modules.Legal.Nowhere")]
    [InlineData("cannot-load", "Tessera.Modules.Legal.ClauseChunker")]
    [InlineData("cannot-load", "System.Object")]
    [InlineData("cannot-load", "other-id")]
    [InlineData("cannot-load", "broken-model")]
    [InlineData("golden-set-failed")]
    [InlineData("golden-set-failed", "broken")]
    public async Task Package_is_refused_with_its_own_reason(string code, string detail = "")
    {
        using var reply = await bench.SendAsync(Bad(code, detail));
        await ProblemAssert.IsAsync(422, "package-refused", reply);
        Assert.Contains($"({code})", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await ExpectNothingAsync();
    }

    [Fact]
    public async Task Package_that_is_too_large_is_refused()
    {
        using var reply = await bench.SendAsync(new byte[PackageArchive.LargestArchive + 1]);
        await ProblemAssert.IsAsync(413, "too-large", reply);
        using var more = await bench.SendAsync(new byte[PackageArchive.LargestArchive + (1 << 20)], ask: true);
        await ProblemAssert.IsAsync(413, "too-large", more);
        await ExpectNothingAsync();
    }

    [Fact]
    public async Task Upload_without_a_file_gets_a_problem()
    {
        using var form = new MultipartFormDataContent { { new StringContent("legal"), "name" } };
        using var reply = await bench.Http.PostAsync(PluginBench.Route, form, Token);
        await ProblemAssert.IsAsync(400, "invalid-request", reply);
    }

    [Fact]
    public async Task Package_with_one_bit_changed_is_refused()
    {
        var package = bench.Publisher.Package();
        var installer = bench.Host.Services.GetRequiredService<PluginInstaller>();
        await Gen.Int[0, (package.Length * 8) - 1].SampleAsync(
            async bit =>
            {
                var changed = package.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                var (active, refusal) = await installer.InstallAsync(changed, CancellationToken.None);
                Assert.Null(active);
                Assert.NotEmpty(refusal!.Reason);
                Assert.Empty(bench.Loaded.Active);
                Assert.Empty(bench.Kept());
            },
            iter: 400, threads: 1);
        await ExpectNothingAsync();
    }

    [Fact]
    public async Task Package_with_some_bytes_is_refused()
    {
        var package = bench.Publisher.Package();
        var installer = bench.Host.Services.GetRequiredService<PluginInstaller>();
        var cut = Gen.Int[0, package.Length - 1].Select(length => package[..length]);
        await Gen.OneOf(cut, Gen.Byte.Array[0, 200], Gen.Byte.Array[1, 50].Select(more => (byte[])[.. package, .. more])).SampleAsync(
            async bytes => Assert.Null((await installer.InstallAsync(bytes, CancellationToken.None)).Active), iter: 200, threads: 1);
        await ExpectNothingAsync();
    }

    [Fact]
    public async Task Succession_is_refused_where_it_goes_back_or_changes_hands()
    {
        await using var own = new OwnBench();
        await own.Bench.InitializeAsync();
        await own.Bench.InstallAsync(own.Bench.Publisher.Package("1.1.0"));
        await ExpectAsync("downgrade", own.Bench.Publisher.Package("1.0.9"));
        await ExpectAsync("version-taken", own.Bench.Publisher.Package("1.1.0", manifest => manifest with { Description = "Changed." }));
        await ExpectAsync("other-publisher", File.ReadAllBytes(TestPublisher.BundledFile));
        Assert.Equal("1.1.0", (await own.Bench.ViewAsync()).Text("version"));

        async Task ExpectAsync(string code, byte[] package)
        {
            using var reply = await own.Bench.SendAsync(package);
            await ProblemAssert.IsAsync(422, "package-refused", reply);
            Assert.Contains($"({code})", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    private byte[] Bad(string code, string detail)
    {
        var publisher = bench.Publisher;
        switch (code, detail)
        {
            case ("unknown-publisher", _):
                using (var stranger = new TestPublisher())
                {
                    return stranger.Package();
                }

            case ("unsigned", _):
                return PackageBuilder.Unsign(publisher.Package());
            case ("bad-signature", _):
                var entries = PackageArchive.Read(publisher.Package("1.0.0"));
                var other = PackageArchive.Read(publisher.Package("2.0.0"));
                return PackageArchive.Write([.. entries.SkipLast(1), other[^1]]);
            case ("bad-manifest", _):
                return publisher.Package(change: manifest => manifest with { Version = "one" });
            case ("hash-mismatch", _):
                return publisher.Package(change: manifest => manifest with { Files = [.. manifest.Files.Select(file => file with { Sha256 = new string('0', 64) })] });
            case ("missing-file", _):
                return publisher.Package(change: manifest => manifest with { Files = [.. manifest.Files, new PluginFile("more.txt", new string('0', 64), 1)] });
            case ("extra-file", _):
                return publisher.Package(unlisted: [new PackageEntry("more.txt", new byte[1])]);
            case ("bad-name", _):
                return publisher.Package(unlisted: [new PackageEntry(detail, new byte[1])]);
            case ("sdk-range", _):
                return publisher.Package(change: manifest => manifest with { SdkRange = "[2.0,3.0)" });
            case ("not-canonical", "empty"):
                return [];
            case ("not-canonical", _):
                return [.. publisher.Package(), 0];
            case ("cannot-load", "other-id"):
                return publisher.Package(change: manifest => manifest with { Id = "other" });
            case ("cannot-load", "broken-model"):
                return publisher.Package(files: new Dictionary<string, string> { ["models/translation.model"] = "no model" });
            case ("cannot-load", _):
                return publisher.Package(change: manifest => manifest with { EntryType = detail });
            case ("golden-set-failed", "broken"):
                return publisher.Package(files: new Dictionary<string, string> { ["golden/questions.jsonl"] = "{" });
            default:
                return publisher.Failing();
        }
    }

    private async Task ExpectNothingAsync()
    {
        Assert.Empty(await bench.ListAsync());
        Assert.Empty(bench.Loaded.Active);
        Assert.Empty(bench.Kept());
        Assert.DoesNotContain(
            Directory.EnumerateFiles(bench.Host.Options.DataFolder, "*", SearchOption.AllDirectories), path => Path.GetFileName(path) == "outside.txt");
        var golden = Path.Combine(bench.Host.Options.ScratchFolder, "golden");
        Assert.True(!Directory.Exists(golden) || !Directory.EnumerateFileSystemEntries(golden).Any());
    }

    private sealed class OwnBench : IAsyncDisposable
    {
        public PluginBench Bench { get; } = new();

        public ValueTask DisposeAsync() => Bench.DisposeAsync();
    }
}
