using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Sdk;

namespace Tessera.Integration.Models;

/// <summary>Which model a domain uses: the order of who has a say.</summary>
public sealed class ModelResolverTests
{
    private const string Legal = "legal";

    // What the built-in domains name.
    private const string Named = "qwen2.5-1.5b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenant_comes_before_its_server_before_the_domain_before_the_platform()
    {
        await using var bench = await ModelBench.StartAsync();
        Assert.Equal("none", await ResolveAsync(bench));
        Assert.Equal("extractive", await ModeAsync(bench));
        await bench.AddAsync(ModelBench.Make(), "plain");
        Assert.Equal("plain", await ResolveAsync(bench));
        Assert.Equal("model", await ModeAsync(bench));
        await bench.AddAsync(ModelBench.Make(), Named.ToUpperInvariant());
        Assert.Equal(Named, await ResolveAsync(bench), ignoreCase: true);
        await bench.Http.CallAsync(
            HttpMethod.Put, $"/api/v1/admin/tenants/{bench.Tenant}/remote", new { baseUrl = "http://127.0.0.1:9/v1", enabled = true, chatModel = "far", apiKey = "k" });
        Assert.Equal("http://127.0.0.1:9/v1 far k", await ResolveAsync(bench));
        await ChooseAsync(bench, "plain", null);
        Assert.Equal("plain", await ResolveAsync(bench));
        await ChooseAsync(bench, "none", Legal);
        Assert.Equal("none", await ResolveAsync(bench));
        Assert.Equal("extractive", await ModeAsync(bench));
        await ChooseAsync(bench, null, Legal);
        Assert.Equal("plain", await ResolveAsync(bench));

        // Another tenant chose nothing and allowed nothing.
        Assert.Equal(Named, await ResolveAsync(bench, await bench.Host.AddTenantAsync()), ignoreCase: true);
    }

    [Fact]
    public async Task Choice_whose_model_is_gone_ends_in_quotes_and_sends_nothing_away()
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.AddAsync(ModelBench.Make(), "default");
        await bench.AddAsync(ModelBench.Make(), "chosen");
        await bench.Http.CallAsync(
            HttpMethod.Put, $"/api/v1/admin/tenants/{bench.Tenant}/remote", new { baseUrl = "http://127.0.0.1:9/v1", enabled = true, chatModel = "far" });
        await ChooseAsync(bench, "chosen", Legal);
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"{ModelBench.Root}/chosen", null, 409, "conflict");
        await bench.Http.CallAsync(HttpMethod.Delete, $"{ModelBench.Root}/chosen?force=true", null, HttpStatusCode.NoContent);
        Assert.Equal("none", await ResolveAsync(bench));
    }

    [Fact]
    public async Task Pinned_hash_counts_and_the_name_does_not()
    {
        await using var bench = await ModelBench.StartAsync();
        var (right, wrong) = (ModelBench.Make(), ModelBench.Make());
        await bench.AddAsync(ModelBench.Make(), "default");
        await bench.AddAsync(wrong, "pinned");
        await bench.AddAsync(right, "other");
        Assert.Equal("other", Text(await ResolveAsync(bench, Plugin(bench, new ModelRef("pinned", ModelBench.Hash(right))))));
        Assert.Equal("default", Text(await ResolveAsync(bench, Plugin(bench, new ModelRef("pinned", new string('0', 64))))));
    }

    [Fact]
    public async Task Adapter_goes_with_the_model_that_it_was_made_for_alone()
    {
        await using var bench = await ModelBench.StartAsync();
        var (named, other) = (ModelBench.Make(), ModelBench.Make("qwen2"));
        await bench.AddAsync(named, "base");
        await bench.AddAsync(other, "other");
        var path = Path.Combine(bench.Host.Options.AdaptersFolder, "new");
        RandomModel.WriteAdapter(path, bench.FileOf(named), 4, 1);
        var sha256 = ModelBench.Hash(await File.ReadAllBytesAsync(path, Token));
        var plugin = Plugin(bench, new ModelRef("base", null, sha256));
        Assert.Equal(ModelFault.WrongAdapter, (await Assert.ThrowsAsync<ModelException>(() => ResolveAsync(bench, plugin))).Fault);

        File.Move(path, Path.Combine(bench.Host.Options.AdaptersFolder, $"{sha256}.gguf"));
        var choice = Assert.IsType<ModelChoice.Local>(await ResolveAsync(bench, plugin));
        Assert.Equal(("base", sha256), (choice.Model.Name, choice.Adapter?.Sha256));
        Assert.True(File.Exists(choice.Adapter!.Path));
        await ChooseAsync(bench, "other", null);
        Assert.Null(Assert.IsType<ModelChoice.Local>(await ResolveAsync(bench, plugin)).Adapter);
        await ChooseAsync(bench, null, null);
        var misfit = Plugin(bench, new ModelRef("other", null, sha256));
        Assert.Equal(ModelFault.WrongAdapter, (await Assert.ThrowsAsync<ModelException>(() => ResolveAsync(bench, misfit))).Fault);
    }

    private static LoadedPlugin Plugin(ModelBench bench, ModelRef named)
    {
        var legal = bench.Host.Services.GetRequiredService<LoadedPlugins>().Find(Legal)!;
        return legal with { Manifest = legal.Manifest with { Models = new Dictionary<string, ModelRef> { ["chat"] = named } } };
    }

    private static async Task<ModelChoice> ResolveAsync(ModelBench bench, LoadedPlugin plugin, TenantId? tenant = null)
    {
        await using var scope = bench.Host.Scope(bench.Tenant);
        return await scope.ServiceProvider.GetRequiredService<ModelResolver>().ResolveAsync(tenant ?? bench.Tenant, plugin, ModelRole.Chat, Token);
    }

    private static async Task<string> ResolveAsync(ModelBench bench, TenantId? tenant = null) => Text(
        await ResolveAsync(bench, bench.Host.Services.GetRequiredService<LoadedPlugins>().Find(Legal)!, tenant));

    private static string Text(ModelChoice choice) => choice switch
    {
        ModelChoice.Local local => local.Model.Name,
        ModelChoice.Remote remote => $"{remote.Server.BaseUrl} {remote.Model} {remote.Server.ApiKey}".TrimEnd(),
        _ => "none",
    };

    private static Task ChooseAsync(ModelBench bench, string? model, string? domain) => bench.Http.CallAsync(
        HttpMethod.Put, $"/api/v1/admin/tenants/{bench.Tenant}/models", new { role = "chat", model, domain }, HttpStatusCode.NoContent);

    private static async Task<string> ModeAsync(ModelBench bench) => (await bench.Http.CallAsync(HttpMethod.Get, "/api/v1/domains"))
        .GetProperty("items").EnumerateArray().First(domain => domain.Text("id") == Legal).Text("mode");
}
