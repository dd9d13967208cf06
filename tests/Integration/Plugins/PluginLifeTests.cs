using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Integration.Plugins;

public sealed class PluginLifeTests : IAsyncLifetime
{
    private const string Text = "7.1 Seat. The seat of the arbitration is Ljubljana, and its language is Slovene.";
    private readonly PluginBench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => bench.InitializeAsync();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Package_is_installed_asked_upgraded_and_removed_without_restart()
    {
        Assert.Empty(await bench.ListAsync());
        var plugin = await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        Assert.Equal(["legal", "Legal", "1.0.0", "Active", "acme"], new[] { "id", "name", "version", "state", "publisher" }.Select(field => plugin.Text(field)));
        Assert.False(plugin.GetProperty("bundled").GetBoolean());
        Assert.Equal(plugin.GetRawText(), (await bench.ViewAsync()).GetRawText());
        await bench.Http.ProblemAsync(HttpMethod.Post, "/api/v1/domains/legal/answers", new { question = "a" }, 404, "unknown-domain");

        await bench.EnableAsync();
        await TestDomain.AddDocumentAsync(bench.Host, bench.Tenant, "legal", "arbitration.txt", Text);
        await ExpectAnswerAsync();

        await bench.InstallAsync(bench.Publisher.Package("1.1.0"));
        Assert.Equal("1.1.0", Assert.Single(await bench.ListAsync()).Text("version"));
        Assert.Single(bench.Kept());
        await ExpectAnswerAsync();

        await bench.Http.CallAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", expected: HttpStatusCode.NoContent);
        Assert.Empty(await bench.ListAsync());
        Assert.Empty(bench.Kept());
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", null, 404, "not-found");
        await bench.Http.ProblemAsync(HttpMethod.Post, "/api/v1/domains/legal/answers", new { question = "a" }, 404, "unknown-domain");

        // Its documents stayed.
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        await ExpectAnswerAsync();
    }

    [Fact]
    public async Task Code_of_replaced_and_removed_packages_leaves_memory()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        await bench.EnableAsync();
        await TestDomain.AddDocumentAsync(bench.Host, bench.Tenant, "legal", "arbitration.txt", Text);
        await ExpectAnswerAsync();
        var first = Context();
        await bench.InstallAsync(bench.Publisher.Package("1.0.1"));
        await ExpectAnswerAsync();
        var second = Context();
        await ExpectCollectedAsync(first);
        Assert.True(second.IsAlive);

        await bench.Http.CallAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", expected: HttpStatusCode.NoContent);
        await ExpectCollectedAsync(second);
    }

    [Fact]
    public async Task Package_with_its_models_is_let_go_once_the_domain_is_loaded()
    {
        var (package, domain) = Load();
        await ExpectCollectedAsync(package);
        Assert.Equal("legal", domain.Profile.Id);
        domain.Context!.Unload();
    }

    [Fact]
    public async Task Same_package_again_is_active_and_changes_nothing()
    {
        var package = bench.Publisher.Package();
        var first = await bench.InstallAsync(package);
        Assert.Equal(first.GetRawText(), (await bench.InstallAsync(package)).GetRawText());
    }

    [Fact]
    public async Task Refused_upgrade_leaves_the_old_version_at_work()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        await bench.EnableAsync();
        await TestDomain.AddDocumentAsync(bench.Host, bench.Tenant, "legal", "arbitration.txt", Text);
        var view = (await bench.ViewAsync()).GetRawText();
        using (var reply = await bench.SendAsync(bench.Publisher.Failing("1.1.0")))
        {
            await ProblemAssert.IsAsync(422, "package-refused", reply);
        }

        Assert.Equal(view, (await bench.ViewAsync()).GetRawText());
        Assert.Single(bench.Kept());
        await ExpectAnswerAsync();
    }

    [Fact]
    public async Task Installed_package_is_there_after_a_restart()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        var view = (await bench.ViewAsync()).GetRawText();
        await bench.RestartAsync();
        Assert.Equal(view, (await bench.ViewAsync()).GetRawText());
        Assert.NotNull(bench.Loaded.Find("legal"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference Package, LoadedPlugin Domain) Load()
    {
        var bytes = bench.Publisher.Package();
        var verdict = Assert.IsType<PackageVerdict.Verified>(bench.Host.Services.GetRequiredService<PackageVerifier>().Verify(bytes));
        return (new WeakReference(bytes), PluginLoader.Load(verdict.Package, bundled: false));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Context() => new(bench.Loaded.Find("legal")!.Context, trackResurrection: true);

    private static async Task ExpectCollectedAsync(WeakReference context)
    {
        for (var left = 100; left > 0 && context.IsAlive; left--)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(20, Token);
        }

        Assert.False(context.IsAlive);
    }

    private async Task ExpectAnswerAsync()
    {
        var answer = await bench.Http.CallAsync(HttpMethod.Post, "/api/v1/domains/legal/answers", new { question = "Where is the seat of the arbitration?" });
        Assert.Equal("answered", answer.Text("status"));
        Assert.Contains("Ljubljana", answer.Text("text"), StringComparison.Ordinal);
    }
}
