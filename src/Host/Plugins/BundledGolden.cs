using Tessera.Host.Data;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>
/// Tests bundled domains after the start that brought them in: they are active meanwhile, and one that fails goes out with the failing
/// case as its reason.
/// </summary>
internal sealed partial class BundledGolden(
    PluginGolden golden, LoadedPlugins plugins, IServiceScopeFactory scopes, ILogger<BundledGolden> logger) : BackgroundService
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
            await NoteAsync(package, refusal: null, stoppingToken);
        }
        catch (PackageRefusedException refused)
        {
            await NoteAsync(package, refused.Refusal, stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The machine's fault, not the domain's: the next start tests it again.
            LogUntested(logger, failure, package.Manifest.Id);
        }
    }

    private async Task NoteAsync(VerifiedPackage package, PackageRefusal? refusal, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        if (await catalog.Plugins.FindAsync([package.Manifest.Id], stoppingToken) is not { } row || row.PackageSha256 != package.Sha256)
        {
            return;
        }

        row.Tested = refusal is null;
        if (refusal is not null)
        {
            (row.State, row.Reason) = (PluginState.Refused, refusal.Reason);
            plugins.Remove(row.DomainId)?.Context?.Unload();
            LogFailed(logger, row.DomainId);
        }

        await catalog.SaveChangesAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Domain {Domain} failed its own test questions and is not active")]
    private static partial void LogFailed(ILogger logger, string domain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domain {Domain} could not be tested")]
    private static partial void LogUntested(ILogger logger, Exception failure, string domain);
}
