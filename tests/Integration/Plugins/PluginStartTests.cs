using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Cli;
using Tessera.Host.Data;
using Tessera.Host.Plugins;

namespace Tessera.Integration.Plugins;

/// <summary>What a start makes of the host's own packages and of what an earlier stop left.</summary>
public sealed class PluginStartTests : IAsyncLifetime
{
    private readonly PluginBench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => bench.InitializeAsync();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Bundled_domains_are_active_for_every_tenant_and_stay()
    {
        await BundleAsync();
        Assert.All(await bench.ListAsync(), plugin => Assert.Equal("Active", plugin.Text("state")));
        Assert.Equal(["code", "legal", "medical"], (await bench.ListAsync()).Select(plugin => plugin.Text("id")));
        var domains = (await bench.Http.CallAsync(HttpMethod.Get, "/api/v1/domains")).GetProperty("items").EnumerateArray();
        Assert.Equal(["code", "legal", "medical"], domains.Select(domain => domain.Text("id")));
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", null, 409, "conflict");
        await ExpectTestedAsync("code");
        await ExpectTestedAsync("legal");
        await ExpectTestedAsync("medical");
    }

    [Fact]
    public async Task Tampered_bundled_package_is_out_with_a_reason_and_the_others_work()
    {
        await BundleAsync();
        await bench.StopAsync();
        var file = Path.Combine(bench.PackagesFolder, Path.GetFileName(TestPublisher.BundledFile));
        var whole = await File.ReadAllBytesAsync(file, Token);
        var changed = whole.ToArray();
        changed[changed.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(file, changed, Token);

        await bench.StartAsync();
        Assert.Equal("Active", (await bench.ViewAsync("medical")).Text("state"));
        var view = await bench.ViewAsync();
        Assert.Equal("Failed", view.Text("state"));
        Assert.Contains("changed", view.Text("reason"), StringComparison.Ordinal);
        var doctor = await DoctorChecks.RunAsync(bench.Host.Options, Token);
        Assert.Contains(doctor, check => check.State == DoctorState.Broken && check.Detail.Contains(view.Text("reason"), StringComparison.Ordinal));

        await bench.StopAsync();
        await File.WriteAllBytesAsync(file, whole, Token);
        await bench.StartAsync();
        Assert.Equal("Active", (await bench.ViewAsync()).Text("state"));
    }

    [Fact]
    public async Task Bundled_domain_that_fails_its_questions_goes_out_and_stays_out()
    {
        await bench.StopAsync();
        await File.WriteAllBytesAsync(Path.Combine(bench.PackagesFolder, "legal-1.0.0.tessera"), bench.Publisher.Failing(), Token);
        await bench.StartAsync();
        await ExpectRefusedAsync();
        await bench.RestartAsync();
        await ExpectRefusedAsync();

        // A version that passes heals it.
        await bench.InstallAsync(bench.Publisher.Package("1.0.1"));
        Assert.Equal("Active", (await bench.ViewAsync()).Text("state"));
    }

    [Fact]
    public async Task Later_version_of_a_bundled_domain_stays_enabled_and_gives_way_when_removed()
    {
        await bench.StopAsync();
        await File.WriteAllBytesAsync(Path.Combine(bench.PackagesFolder, "legal-1.0.0.tessera"), bench.Publisher.Package("1.0.0"), Token);
        await bench.StartAsync();
        await bench.InstallAsync(bench.Publisher.Package("1.1.0"));
        await ExpectDomainAsync("1.1.0");
        await bench.RestartAsync();
        await ExpectDomainAsync("1.1.0");
        await bench.Http.CallAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", expected: HttpStatusCode.NoContent);
        Assert.Null(bench.Loaded.Find("legal"));
        await bench.RestartAsync();
        await ExpectDomainAsync("1.0.0");
    }

    [Fact]
    public async Task Stop_at_any_moment_of_an_upgrade_leaves_one_version_whole()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        for (var patch = 1; patch <= 6; patch++)
        {
            var before = (await bench.ViewAsync()).Text("version");
            var after = $"1.0.{patch}";
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(40 * (patch - 1)));
            try
            {
                await bench.Host.Services.GetRequiredService<PluginInstaller>().InstallAsync(bench.Publisher.Package(after), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // It was in time.
            }

            await bench.RestartAsync();
            var view = await bench.ViewAsync();
            Assert.Equal("Active", view.Text("state"));
            Assert.Contains(view.Text("version"), (string[])[before, after]);
            Assert.Equal(view.Text("version"), bench.Loaded.Find("legal")!.Manifest.Version);
            Assert.Equal([$"{view.Text("sha256")}.tessera"], bench.Kept());
        }
    }

    [Fact]
    public async Task Files_that_a_stop_left_without_a_row_are_swept()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        var kept = bench.Kept();
        await bench.StopAsync();
        foreach (var name in (string[])[new string('a', 64) + ".tessera", new string('b', 64) + ".tessera.new"])
        {
            await File.WriteAllBytesAsync(Path.Combine(bench.Host.Options.PluginsFolder, name), bench.Publisher.Package("3.0.0"), Token);
        }

        var golden = Directory.CreateDirectory(Path.Combine(bench.Host.Options.ScratchFolder, "golden", "half")).FullName;
        await bench.StartAsync();
        Assert.Equal(kept, bench.Kept());
        Assert.False(Directory.Exists(golden));
        Assert.Equal("1.0.0", (await bench.ViewAsync()).Text("version"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Installed_package_that_is_gone_or_changed_on_the_disk_does_not_run(bool changed)
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        var file = Path.Combine(bench.Host.Options.PluginsFolder, Assert.Single(bench.Kept()));
        await bench.StopAsync();
        if (changed)
        {
            // Signed right and named like it, but not what was installed.
            await File.WriteAllBytesAsync(file, bench.Publisher.Package("0.9.0"), Token);
        }
        else
        {
            File.Delete(file);
        }

        await bench.StartAsync();
        var view = await bench.ViewAsync();
        Assert.Equal("Failed", view.Text("state"));
        Assert.NotEmpty(view.Text("reason"));
        Assert.Empty(bench.Loaded.Active);
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        Assert.Equal("Active", (await bench.ViewAsync()).Text("state"));
    }

    private async Task BundleAsync()
    {
        await bench.StopAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(TestPublisher.BundledFile)!, "*.tessera"))
        {
            File.Copy(file, Path.Combine(bench.PackagesFolder, Path.GetFileName(file)), overwrite: true);
        }

        await bench.StartAsync();
    }

    private async Task ExpectDomainAsync(string version)
    {
        var domains = (await bench.Http.CallAsync(HttpMethod.Get, "/api/v1/domains")).GetProperty("items").EnumerateArray();
        Assert.Equal(version, Assert.Single(domains).Text("version"));
    }

    private async Task ExpectRefusedAsync()
    {
        for (var left = 300; left > 0 && (await bench.ViewAsync()).Text("state") == "Active"; left--)
        {
            await Task.Delay(100, Token);
        }

        var view = await bench.ViewAsync();
        Assert.Equal("Refused", view.Text("state"));
        Assert.Contains("war of the worlds", view.Text("reason"), StringComparison.Ordinal);
        Assert.Null(bench.Loaded.Find("legal"));
    }

    private async Task ExpectTestedAsync(string id)
    {
        for (var left = 300; left > 0; left--)
        {
            await using var scope = bench.Host.Services.CreateAsyncScope();
            var row = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Plugins.AsNoTracking().SingleAsync(row => row.DomainId == id, Token);
            Assert.Equal(PluginState.Active, row.State);
            if (row.Tested)
            {
                return;
            }

            await Task.Delay(100, Token);
        }

        Assert.Fail($"{id} was not tested.");
    }
}
