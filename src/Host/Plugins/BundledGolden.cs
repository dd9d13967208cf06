using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>
/// Tests bundled domains after the start that brought them in: they are active meanwhile, and one that fails goes out with the failing
/// case as its reason.
/// </summary>
internal sealed partial class BundledGolden(
    PluginGolden golden, PluginInstaller installer, LoadedPlugins plugins, ILogger<BundledGolden> logger) : BackgroundService
{
    private IReadOnlyList<VerifiedPackage> packages = [];

    /// <summary>Says what is to be tested; before the service starts.</summary>
    public void Expect(IReadOnlyList<VerifiedPackage> untested) => packages = untested;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var package in packages)
        {
            if (plugins.Find(package.Manifest.Id) is { } plugin && plugin.PackageSha256 == package.Sha256)
            {
                await TestAsync(package, plugin, stoppingToken);
            }
        }

        packages = [];
    }

    private async Task TestAsync(VerifiedPackage package, LoadedPlugin plugin, CancellationToken stoppingToken)
    {
        try
        {
            await golden.RequireAsync(package, plugin, stoppingToken);
            await installer.ConcludeTestAsync(package, refusal: null, stoppingToken);
        }
        catch (PackageRefusedException refused)
        {
            await installer.ConcludeTestAsync(package, refused.Refusal, stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The machine's fault, not the domain's: the next start tests it again.
            LogUntested(logger, failure, package.Manifest.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domain {Domain} could not be tested")]
    private static partial void LogUntested(ILogger logger, Exception failure, string domain);
}
