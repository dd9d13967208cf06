using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Adapting;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;

namespace Tessera.Integration.Adapting;

/// <summary>Models are adapted to a tenant: offered, learned, checked, used, and taken back.</summary>
public sealed class AdaptationTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-adapting-").FullName;
    private HostFixture host = null!;
    private AdaptationBench bench = null!;

    public async ValueTask InitializeAsync()
    {
        host = await HostFixture.StartAsync(folder: folder);
        bench = await AdaptationBench.OnAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Too_few_headings_are_told_and_not_adapted_to()
    {
        await bench.FillAsync(TwoTongues.Files(60));
        var view = await bench.LookAsync();
        Assert.Equal((false, 60, 400), (view.GetProperty("offered").GetBoolean(), view.GetProperty("headings").GetInt32(), view.GetProperty("needed").GetInt32()));
        Assert.Contains("60 titles and headings", view.Text("reason"), StringComparison.Ordinal);
        await bench.Http.ProblemAsync(HttpMethod.Post, AdaptationBench.Route, null, 409, "conflict");
        await bench.Http.ProblemAsync(HttpMethod.Delete, AdaptationBench.Route, null, 404, "not-found");
        await bench.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains/nowhere/adaptation", null, 404, "unknown-domain");
    }

    [Fact]
    public async Task What_wins_is_used_by_its_tenant_alone_until_it_is_taken_back()
    {
        var other = await AdaptationBench.OnAsync(host);
        var documents = await bench.FillAsync(TwoTongues.Files(420));
        await other.FillAsync(TwoTongues.Files(420));
        await bench.Http.CallAsync(
            HttpMethod.Post, $"{AdaptationBench.Route}/questions", new { question = TwoTongues.Heading(3), documentId = documents[0] }, HttpStatusCode.Created);

        await bench.RateAsync($"Where does {TwoTongues.Said(5)[0]} stand with {TwoTongues.Said(5)[1]}?");
        var job = (await bench.StartAsync()).GetProperty("jobId").GetGuid();
        await bench.Http.ProblemAsync(HttpMethod.Post, AdaptationBench.Route, null, 409, "conflict");
        var won = await bench.EndAsync("Won");
        Assert.Equal((200, 220), (won.GetProperty("check").GetProperty("asked").GetInt32(), won.GetProperty("learned").GetInt32()));
        Assert.True(won.GetProperty("check").GetProperty("after").GetDouble() > won.GetProperty("check").GetProperty("before").GetDouble() + 0.2, won.ToString());
        Assert.InRange(won.GetProperty("rated").GetInt32(), 1, 3);
        Assert.Equal(1, won.GetProperty("questionCheck").GetProperty("asked").GetInt32());
        Assert.Equal("Done", (await bench.Http.CallAsync(HttpMethod.Get, $"/api/v1/admin/jobs/{job}")).Text("state"));

        // Nothing is left of the text; the models lie in the tenant's folder, for the owner's eyes.
        Assert.Empty(bench.WorkFiles);
        var kept = Assert.Single(bench.Kept);
        Assert.Equal(UnixFileMode.None, new DirectoryInfo(bench.Folder).UnixFileMode & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));

        // A new index took the old one's place, which stays.
        await Indexes.IndexBench.WaitAsync(async () => !(await bench.LookAsync()).GetProperty("switching").GetBoolean());
        var row = await bench.RowAsync();
        Assert.NotEqual(bench.Shipped, row.Active);
        Assert.Equal((bench.Shipped, null, null), (row.Previous, row.PreviousUntil, row.Building));
        Assert.Equal(420 / 50 + 1, (await bench.Indexes.HeldAsync(row.Active)).Count);

        // What is uploaded from now on promises the headings' tongue too, though it has no heading; in the other tenant nothing of it is known.
        const int Asked = 1000;
        var fresh = System.Text.Encoding.UTF8.GetBytes($"A note: {string.Join(" and ", TwoTongues.Said(Asked))}.");
        var (here, there) = ((await bench.FillAsync([("fresh.txt", fresh)]))[0], (await other.FillAsync([("fresh.txt", fresh)]))[0]);
        Assert.NotEqual(0, await bench.PromisedAsync(here, TwoTongues.Heading(Asked)));
        Assert.Equal(0, await other.PromisedAsync(there, TwoTongues.Heading(Asked)));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), ((await other.LookAsync()).GetProperty("last").ValueKind, (await other.LookAsync()).GetProperty("inUse").ValueKind));
        Assert.Equal(bench.Shipped, (await other.RowAsync()).Active);
        Assert.Empty(other.Kept);
        await other.Http.ProblemAsync(HttpMethod.Get, $"/api/v1/admin/jobs/{job}", null, 404, "not-found");
        await other.Http.ProblemAsync(HttpMethod.Delete, $"/api/v1/admin/jobs/{job}", null, 404, "not-found");
        await other.Http.ProblemAsync(HttpMethod.Delete, AdaptationBench.Route, null, 404, "not-found");

        // The next start finds all as it was.
        await host.DisposeAsync();
        host = await HostFixture.StartAsync(folder: folder);
        bench = bench.On(host);
        Assert.Equal("Won", (await bench.LookAsync()).GetProperty("inUse").Text("state"));
        Assert.NotEqual(0, await bench.PromisedAsync(here, TwoTongues.Heading(Asked)));

        // Back: the old index takes in what was written since, then it is the active one.
        await bench.Http.CallAsync(HttpMethod.Delete, AdaptationBench.Route, expected: HttpStatusCode.NoContent);
        await bench.Indexes.ExpectActiveAsync(bench.Shipped);
        Assert.Equal(0, await bench.PromisedAsync(here, TwoTongues.Heading(Asked)));
        Assert.StartsWith("A note", await bench.BestAsync($"note {TwoTongues.Said(Asked)[0]}"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await bench.LookAsync()).GetProperty("inUse").ValueKind);
        await bench.Indexes.LetPreviousGoAsync();
        Assert.False(Directory.Exists(kept));
        Assert.Equal([bench.Shipped], bench.Indexes.KeysOnDisk());
    }

    [Fact]
    public async Task What_gains_nothing_is_thrown_away_with_its_figures()
    {
        await bench.FillAsync(TwoTongues.Files(400, learnable: false));
        await bench.StartAsync();
        var lost = await bench.EndAsync("Lost");
        Assert.Equal(200, lost.GetProperty("check").GetProperty("asked").GetInt32());
        Assert.Contains("no better", lost.Text("reason"), StringComparison.Ordinal);
        Assert.Empty(bench.WorkFiles);
        Assert.Empty(bench.Kept);
        Assert.Equal(bench.Shipped, (await bench.RowAsync()).Active);
        Assert.True((await bench.LookAsync()).GetProperty("offered").GetBoolean());
    }

    [Theory]
    [InlineData(AdaptedFiles.Translation)]
    [InlineData(AdaptedFiles.Embedder)]
    public void Broken_result_of_the_training_is_no_candidate(string broken)
    {
        var plugin = host.Services.GetRequiredService<LoadedPlugins>().Find(AdaptationBench.Domain)!;
        var (made, file) = (Directory.CreateDirectory(Path.Combine(folder, "made")).FullName, Path.Combine(folder, "made", broken));
        File.WriteAllText(file, "no model");
        var fault = Record.Exception(() => AdaptedCandidate.Make(
            plugin, Path.Combine(made, "set"), "", broken == AdaptedFiles.Translation ? file : null, broken == AdaptedFiles.Embedder ? file : null));
        Assert.True(fault is Tessera.Rag.PermanentException or Tessera.Inference.ModelException, $"{fault}");
    }

    [Fact]
    public async Task Adapted_models_end_with_their_package_with_damage_and_with_their_tenant()
    {
        await bench.FillAsync(TwoTongues.Files(400));
        await bench.StartAsync();
        await bench.EndAsync("Won");
        await Indexes.IndexBench.WaitAsync(async () => !(await bench.LookAsync()).GetProperty("switching").GetBoolean());

        // Another version of the package: its own models are used, and adapting is offered again.
        var plugins = host.Services.GetRequiredService<LoadedPlugins>();
        var before = plugins.Find(AdaptationBench.Domain)!;
        plugins.Put(before with { PackageSha256 = new string('e', 64) });
        await host.Services.GetRequiredService<AdaptationReconciler>().BringAsync(AdaptationBench.Domain, TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<IndexReconciler>().BringAsync(AdaptationBench.Domain, TestContext.Current.CancellationToken);
        await bench.Indexes.ExpectActiveAsync(bench.Shipped);
        var view = await bench.LookAsync();
        Assert.Equal((JsonValueKind.Null, AdaptationReconciler.Outdated, true), (view.GetProperty("inUse").ValueKind, view.GetProperty("last").Text("reason"), view.GetProperty("offered").GetBoolean()));
        plugins.Put(before);

        // Damage on the disk is found at the next start.
        await bench.StartAsync();
        await bench.EndAsync("Won");
        await Indexes.IndexBench.WaitAsync(async () => !(await bench.LookAsync()).GetProperty("switching").GetBoolean());
        await host.DisposeAsync();
        foreach (var file in bench.Kept.SelectMany(Directory.EnumerateFiles))
        {
            await File.WriteAllTextAsync(file, "no model", TestContext.Current.CancellationToken);
        }

        host = await HostFixture.StartAsync(folder: folder);
        bench = bench.On(host);
        await bench.Indexes.ExpectActiveAsync(bench.Shipped);
        view = await bench.LookAsync();
        Assert.Contains("damaged", view.GetProperty("last").Text("reason"), StringComparison.Ordinal);
        Assert.NotEmpty(await bench.BestAsync(TwoTongues.Said(1)[0]));

        // A tenant that goes takes them with it, and what is just being learned.
        await bench.StartAsync();
        using var child = await bench.ChildAsync();
        var platform = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        await platform.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/tenants/{bench.Caller.Tenant.Value}", expected: HttpStatusCode.NoContent);
        Assert.True(child.HasExited);
        Assert.False(Directory.Exists(bench.Folder));
    }
}
