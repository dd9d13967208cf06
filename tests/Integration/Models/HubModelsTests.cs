using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tessera.Inference.Hub;

namespace Tessera.Integration.Models;

/// <summary>The whole road over HTTP: a hub of our own that answers like Hugging Face's → pull → model.</summary>
public sealed class HubModelsTests
{
    [Fact]
    public async Task Model_of_a_hub_is_pulled_and_listed_models_are_suggested()
    {
        var bytes = ModelBench.Make();
        await using var hub = await StartAsync(bytes);
        await using var bench = await ModelBench.StartAsync(change: options => options with { HubUrl = hub.Urls.First() }, ownHub: false);
        var pull = await bench.EndAsync(await bench.PullAsync("acme/tiny:*.gguf"));
        Assert.True(pull.Text("state") == "Done", pull.GetRawText());
        var model = Assert.Single(await bench.ListAsync());
        Assert.Equal(("tiny-Q4_0", "acme/tiny:tiny-Q4_0.gguf"), (model.Text("name"), model.Text("source")));
        Assert.Equal([bench.FileOf(bytes)], Directory.EnumerateFiles(bench.Host.Options.ModelsFolder));
        var suggestions = (await bench.Http.CallAsync(HttpMethod.Get, $"{ModelBench.Root}/suggestions")).GetProperty("items");
        Assert.Equal(ModelList.All.Select(one => one.Name), suggestions.EnumerateArray().Select(one => one.Text("name")));
    }

    [Fact]
    public async Task Without_a_hub_nothing_is_fetched_and_it_is_said_what_to_set()
    {
        await using var bench = await ModelBench.StartAsync(ownHub: false);
        var pull = await bench.EndAsync(await bench.PullAsync("acme/tiny:*.gguf"));
        Assert.Equal("Failed", pull.Text("state"));
        Assert.Contains("TESSERA_HUB", pull.Text("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public void Domains_name_models_that_the_list_has() =>
        Assert.NotNull(ModelList.Find(Host.Plugins.Packages.PackageManifest.Read(
            Host.Plugins.Packages.PackageArchive.Read(File.ReadAllBytes(Plugins.TestPublisher.BundledFile))[0].Bytes.Span).Models["chat"].Name));

    private static async Task<WebApplication> StartAsync(byte[] bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/api/models/acme/tiny/tree/main", () => Results.Json(new[]
        {
            new { type = "file", path = "tiny-Q4_0.gguf", size = bytes.Length, lfs = new { oid = ModelBench.Hash(bytes), size = bytes.Length } },
        }));
        app.MapGet("/acme/tiny/resolve/main/tiny-Q4_0.gguf", () => Results.Bytes(bytes, "application/octet-stream", enableRangeProcessing: true));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
