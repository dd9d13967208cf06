using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Models;
using Tessera.Host.Plugins.Packages;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Integration.Plugins;
using Tessera.Sdk;

namespace Tessera.Integration.Models;

/// <summary>The road of an adapter: package → verify → load → beside its base.</summary>
public sealed class AdapterPackageTests
{
    private const string InPackage = "adapters/legal.gguf";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adapter_of_a_package_is_laid_out_and_goes_with_its_base_also_after_a_start()
    {
        await using var bench = new PluginBench();
        await bench.InitializeAsync();
        var model = ModelBench.Make();
        var adapter = await AdapterAsync(model);
        var package = bench.Publisher.Package(change: Naming(ModelBench.Hash(adapter)), more: [new PackageEntry(InPackage, adapter)]);
        await bench.InstallAsync(package);
        var path = Path.Combine(bench.Host.Options.AdaptersFolder, ModelBench.Hash(adapter) + ".gguf");
        Assert.Equal(adapter, await File.ReadAllBytesAsync(path, Token));

        await AddBaseAsync(bench, model);
        Assert.Equal(ModelBench.Hash(adapter), (await ResolveAsync(bench)).Adapter?.Sha256);
        await bench.StopAsync();
        File.Delete(path);
        await bench.StartAsync();
        Assert.Equal(ModelBench.Hash(adapter), (await ResolveAsync(bench)).Adapter?.Sha256);
        await bench.StopAsync();
        await bench.StartAsync();
        Assert.Single(Directory.EnumerateFiles(bench.Host.Options.AdaptersFolder));
        await bench.Http.CallAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", null, System.Net.HttpStatusCode.NoContent);
        await bench.RestartAsync();
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.AdaptersFolder));
    }

    [Fact]
    public async Task Domain_answers_through_the_adapter_of_its_package()
    {
        Assert.SkipWhen(EngineState.Read().Missing is not null, EngineState.Read().Missing ?? "");
        await using var bench = new PluginBench();
        await bench.InitializeAsync();
        var model = ModelBench.Make(RandomModelShape.Tiny["llama-bpe"] with { Context = 8192 });
        var adapter = await AdapterAsync(model);
        await bench.InstallAsync(bench.Publisher.Package(change: Naming(ModelBench.Hash(adapter)), more: [new PackageEntry(InPackage, adapter)]));
        await AddBaseAsync(bench, model);
        await bench.Http.CallAsync(HttpMethod.Put, $"/api/v1/admin/tenants/{bench.Tenant}/domains/legal", new { enabled = true }, System.Net.HttpStatusCode.NoContent);
        await TestDomain.AddDocumentAsync(bench.Host, bench.Tenant, "legal", "lease.txt", "The tenant pays a deposit of three months' rent before moving in.");
        var answer = await bench.Http.CallAsync(HttpMethod.Post, "/api/v1/domains/legal/answers", new { question = "What deposit does the tenant pay before moving in?" });
        var receipt = answer.GetProperty("receipt");
        Assert.Equal(("model", "base", ModelBench.Hash(adapter)), (receipt.GetProperty("mode").GetString(), receipt.GetProperty("model").GetString(), receipt.GetProperty("adapter").GetString()));
        Assert.True(receipt.GetProperty("tokensOut").GetInt32() > 0);
        Assert.Equal(0, receipt.GetProperty("bytesSent").GetInt64());
    }

    [Fact]
    public async Task Package_whose_adapter_is_missing_or_none_or_for_another_base_is_refused()
    {
        await using var bench = new PluginBench();
        await bench.InitializeAsync();
        var (model, other) = (ModelBench.Make(), ModelBench.Make());
        await AddBaseAsync(bench, model);
        var (misfit, fitting) = (await AdapterAsync(ModelBench.Make("qwen3")), await AdapterAsync(other));
        await RefusedAsync(bench.Publisher.Package(change: Naming(new string('a', 64))), "has no file with its hash");
        await RefusedAsync(bench.Publisher.Package(change: Naming(ModelBench.Hash(fitting)), more: [new PackageEntry("golden/legal.gguf", fitting)]), "has no file with its hash");
        await RefusedAsync(bench.Publisher.Package(change: Naming(ModelBench.Hash(other)), more: [new PackageEntry(InPackage, other)]), "is a whole model");
        await RefusedAsync(bench.Publisher.Package(change: Naming(ModelBench.Hash(misfit)), more: [new PackageEntry(InPackage, misfit)]), "cannot be used");
        var text = "no model"u8.ToArray();
        await RefusedAsync(bench.Publisher.Package(change: Naming(ModelBench.Hash(text)), more: [new PackageEntry(InPackage, text)]), "cannot be used");

        async Task RefusedAsync(byte[] package, string words)
        {
            using var reply = await bench.SendAsync(package);
            var body = await reply.Content.ReadAsStringAsync(Token);
            Assert.Contains(words, body, StringComparison.Ordinal);
            Assert.Contains("bad-adapter", body, StringComparison.Ordinal);
            Assert.Empty(await bench.ListAsync());
        }
    }

    [Theory]
    [InlineData("painter", "base", null)]
    [InlineData("Chat", "base", null)]
    [InlineData("chat", "no name", null)]
    [InlineData("chat", "base", "abc")]
    [InlineData("chat", "base", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Manifest_with_a_role_a_name_or_a_hash_that_cannot_be_is_refused(string role, string name, string? hash)
    {
        var good = PackageManifest.Read(PackageArchive.Read(File.ReadAllBytes(TestPublisher.BundledFile))[0].Bytes.Span);
        Assert.Null(good.Models["chat"].AdapterSha256);
        foreach (var named in (ModelRef[])[new ModelRef(name, hash), new ModelRef(name, null, hash)])
        {
            var bad = good with { Models = new Dictionary<string, ModelRef> { [role] = named } };
            Assert.Equal("bad-manifest", Assert.Throws<PackageRefusedException>(() => PackageManifest.Read(PackageManifest.Write(bad))).Refusal.Code);
        }
    }

    private static Func<PluginManifest, PluginManifest> Naming(string adapter) => manifest =>
        manifest with { Models = new Dictionary<string, ModelRef> { ["chat"] = new("base", null, adapter) } };

    private static async Task<byte[]> AdapterAsync(byte[] model)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-adapter-").FullName;
        var (path, adapter) = (Path.Combine(folder, "model"), Path.Combine(folder, "adapter"));
        await File.WriteAllBytesAsync(path, model, Token);
        RandomModel.WriteAdapter(adapter, path, 4, 1);
        var bytes = await File.ReadAllBytesAsync(adapter, Token);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    // As if it had been added: the engine is not what this is about.
    private static async Task AddBaseAsync(PluginBench bench, byte[] model)
    {
        await using var scope = bench.Host.Scope(bench.Tenant);
        await using var content = new MemoryStream(model);
        var files = scope.ServiceProvider.GetRequiredService<ModelFiles>();
        using var staged = await files.StageAsync(content, model.Length, Token);
        files.Keep(staged!);
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        catalog.Models.Add(new InstalledModel
        {
            Sha256 = ModelBench.Hash(model), Name = "base", NameKey = "base", Role = ModelRole.Chat, Bytes = model.Length, Architecture = "llama",
            Parameters = 1, Quantisation = "F32", ContextTokens = 512, MemoryBytes = 1, AddedAt = TimeProvider.System.GetUtcNow(),
        });
        await catalog.SaveChangesAsync(Token);
    }

    private static async Task<ModelChoice.Local> ResolveAsync(PluginBench bench)
    {
        await using var scope = bench.Host.Scope(bench.Tenant);
        return Assert.IsType<ModelChoice.Local>(
            await scope.ServiceProvider.GetRequiredService<ModelResolver>().ResolveAsync(bench.Tenant, bench.Loaded.Find("legal")!, ModelRole.Chat, Token));
    }
}
