using System.Text.Json;
using Tessera.Host.Cli;
using Tessera.Host.Identity;
using Tessera.Integration.Plugins;

namespace Tessera.Integration.Cli;

public sealed class PluginsCommandTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Package_is_installed_listed_and_removed_offline()
    {
        using var publisher = new TestPublisher();
        var folder = Directory.CreateTempSubdirectory("tessera-plugins-cli-").FullName;
        try
        {
            var data = Path.Combine(folder, "data");
            var package = Path.Combine(folder, "legal.tessera");
            await File.WriteAllBytesAsync(package, publisher.Failing("7.0.0"), Token);
            var refused = await RunAsync("plugins", "install", package, "--data", data);
            Assert.Equal(ExitCode.Failed, refused.ExitCode);
            Assert.Contains("other-publisher", refused.Errors, StringComparison.Ordinal);

            var list = await RunAsync("plugins", "list", "--data", data, "--json");
            Assert.True(list.ExitCode == ExitCode.Ok, list.Errors);
            var items = JsonDocument.Parse(list.Output).RootElement.GetProperty("items").EnumerateArray();
            Assert.Equal(["code", "legal", "medical"], items.Select(item => item.Text("id")));

            var bundled = await RunAsync("plugins", "remove", "legal", "--data", data);
            Assert.Equal(ExitCode.Failed, bundled.ExitCode);
            Assert.Contains("Switch it off for a tenant", bundled.Errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) =>
            CommandRun.RunWithAsync("TESSERA_PUBLISHERS", publisher.PublicFile, args);
    }

    [Fact]
    public async Task Package_is_installed_and_removed_on_a_running_server()
    {
        await using var bench = new PluginBench();
        await bench.InitializeAsync();
        var caller = await bench.Host.AddCallerAsync(bench.Tenant, TenantRole.Reader, isPlatformAdministrator: true);
        var package = Path.Combine(bench.PackagesFolder, "mine.tessera");
        await File.WriteAllBytesAsync(package, bench.Publisher.Package("2.1.0"), Token);
        var url = bench.Host.Address.ToString();

        var installed = await CommandRun.RunWithKeyAsync(caller.Key, "plugins", "install", package, "--url", url);
        Assert.True(installed.ExitCode == ExitCode.Ok, installed.Errors);
        Assert.StartsWith("Active   legal 2.1.0  acme", installed.Output, StringComparison.Ordinal);
        var removed = await CommandRun.RunWithKeyAsync(caller.Key, "plugins", "remove", "legal", "--url", url);
        Assert.True(removed.ExitCode == ExitCode.Ok, removed.Errors);
        Assert.Empty(await bench.ListAsync());
    }

    [Fact]
    public async Task Busy_data_folder_is_named()
    {
        var (exit, _, errors) = await CommandRun.RunAsync("plugins", "list", "--data", host.Options.DataFolder);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(Path.GetFullPath(host.Options.LockFile), errors, StringComparison.Ordinal);
    }
}
