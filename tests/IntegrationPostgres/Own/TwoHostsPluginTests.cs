using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Plugins;
using Tessera.Integration.Plugins;

namespace Tessera.Integration.Own;

/// <summary>A domain that one host installs or removes is active, or not, on the other.</summary>
public sealed class TwoHostsPluginTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private readonly PluginBench bench = new();
    private HostFixture other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await bench.InitializeAsync();
        other = await HostFixture.StartAsync(options => bench.Change(options) with { Postgres = bench.Host.Options.Postgres, SharedFolder = bench.Host.Options.DataFolder });
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task Domain_comes_is_upgraded_and_goes_on_both_hosts()
    {
        Assert.Null(Version());
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        await ExpectAsync("1.0.0");
        await bench.InstallAsync(bench.Publisher.Package("1.1.0"));
        await ExpectAsync("1.1.0");
        await bench.Http.CallAsync(HttpMethod.Delete, $"{PluginBench.Route}/legal", expected: HttpStatusCode.NoContent);
        await ExpectAsync(null);
    }

    [Fact]
    public async Task Package_that_was_changed_in_the_shared_folder_is_not_loaded_by_the_other()
    {
        await bench.InstallAsync(bench.Publisher.Package("1.0.0"));
        await ExpectAsync("1.0.0");
        var before = bench.Kept();
        await bench.InstallAsync(bench.Publisher.Package("1.1.0"));

        // Faster than the other looks, mostly; where it was not, it has what was really installed.
        var file = Path.Combine(bench.Host.Options.PluginsFolder, Assert.Single(bench.Kept(), name => !before.Contains(name)));
        await File.WriteAllBytesAsync(file, bench.Publisher.Package("9.9.9"), Token);
        await Task.Delay(Promised, Token);
        Assert.NotEqual("9.9.9", Version());
    }

    private string? Version() => other.Services.GetRequiredService<LoadedPlugins>().Find("legal")?.Manifest.Version;

    private async Task ExpectAsync(string? version)
    {
        for (var started = TimeProvider.System.GetTimestamp(); Version() != version && TimeProvider.System.GetElapsedTime(started) < Promised;)
        {
            await Task.Delay(50, Token);
        }

        Assert.Equal(version, Version());
    }
}
