using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Indexes;
using Tessera.Host.Models;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>
/// Takes packages in and out while the host runs: verified, loaded beside what runs, tested on this machine, then active. Until its
/// row is written a new version is nothing, and the old one answers; what is left on the disk by a stop is swept at the next start.
/// Safe for concurrent use, one at a time.
/// </summary>
internal sealed partial class PluginInstaller(
    PackageVerifier verifier, PluginFiles files, LoadedPlugins plugins, PluginGolden golden, ModelAdapters adapters, IndexReconciler indexes, AdaptationReconciler adapted,
    ITurns turns, IServiceScopeFactory scopes, TimeProvider time, ILogger<PluginInstaller> logger)
{
    /// <summary>The row of the domain that is active now, or why the package was refused; then all is as it was.</summary>
    public async Task<(InstalledPlugin? Active, PackageRefusal? Refusal)> InstallAsync(
        ReadOnlyMemory<byte> archive, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
        LoadedPlugin? loaded = null;
        try
        {
            var package = verifier.Verify(archive) switch
            {
                PackageVerdict.Verified verified => verified.Package,
                PackageVerdict.Refused refused => throw new PackageRefusedException(refused.Refusal.Code, refused.Refusal.Reason),
                _ => throw new InvalidOperationException("A verdict is verified or refused."),
            };
            await using var scope = scopes.CreateAsyncScope();
            var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
            var row = await catalog.Plugins.FindAsync([package.Manifest.Id], cancellationToken);
            if (row is { State: PluginState.Active } && row.PackageSha256 == package.Sha256)
            {
                await indexes.BringAsync(row.DomainId, cancellationToken);
                return (row, null);
            }

            CheckSuccession(row, package);
            await adapters.TakeAsync(package, cancellationToken);
            loaded = PluginLoader.Load(package, plugins.CameWithHost(package.Manifest.Id));
            await golden.RequireAsync(package, loaded, cancellationToken);

            // From here on it is carried through, or what runs and what the row says would part until the next start.
            cancellationToken.ThrowIfCancellationRequested();
            await files.KeepAsync(package.Sha256, archive, CancellationToken.None);
            row = await SaveAsync(catalog, row, package);
            plugins.Put(loaded)?.Context?.Unload();
            loaded = null;
            await SweepAsync(catalog);
            await adapted.BringAsync(row.DomainId, CancellationToken.None);
            await indexes.BringAsync(row.DomainId, CancellationToken.None);
            LogInstalled(logger, row.DomainId, row.Version);
            return (row, null);
        }
        catch (PackageRefusedException refused)
        {
            LogRefused(logger, refused.Refusal.Code);
            return (null, refused.Refusal);
        }
        finally
        {
            loaded?.Context?.Unload();
        }
    }

    /// <summary>Takes a domain away at once; its documents stay. False where no package of that id was installed.</summary>
    public async Task<bool> RemoveAsync(string domain, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        if (await catalog.Plugins.FindAsync([domain], cancellationToken) is not { } row)
        {
            return false;
        }

        catalog.Plugins.Remove(row);
        await catalog.SaveChangesAsync(CancellationToken.None);
        plugins.Remove(domain)?.Context?.Unload();
        await SweepAsync(catalog);
        LogRemoved(logger, domain);
        return true;
    }

    /// <summary>Writes down how the test of a domain went that is active already; one that failed goes out.</summary>
    public async Task ConcludeTestAsync(VerifiedPackage package, PackageRefusal? refusal, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        if (await catalog.Plugins.FindAsync([package.Manifest.Id], cancellationToken) is not { } row || row.PackageSha256 != package.Sha256)
        {
            // Another version took its place while it was tested.
            return;
        }

        row.Tested = refusal is null;
        if (refusal is not null)
        {
            (row.State, row.Reason) = (PluginState.Refused, refusal.Reason);
            plugins.Remove(row.DomainId)?.Context?.Unload();
            LogFailed(logger, row.DomainId);
        }

        await catalog.SaveChangesAsync(cancellationToken);
    }

    private static void CheckSuccession(InstalledPlugin? row, VerifiedPackage package)
    {
        if (row is null)
        {
            return;
        }

        if (row.PublisherKeyId != package.Publisher.KeyId)
        {
            throw new PackageRefusedException(
                "other-publisher", $"'{row.DomainId}' is installed from another publisher. Remove it first, if you mean to change publishers.");
        }

        var installed = PluginVersion.Parse(row.Version);
        if (package.Version < installed)
        {
            throw new PackageRefusedException(
                "downgrade", $"'{row.DomainId}' is installed in version {row.Version}, newer than {package.Manifest.Version}. Remove it first, if you mean to go back.");
        }

        if (package.Version == installed && row.State == PluginState.Active)
        {
            throw new PackageRefusedException(
                "version-taken", $"'{row.DomainId}' {row.Version} is installed with other content. Its publisher gives changed content a new version.");
        }
    }

    private async Task<InstalledPlugin> SaveAsync(CatalogDbContext catalog, InstalledPlugin? row, VerifiedPackage package)
    {
        row ??= catalog.Plugins.Add(PluginRow.Of(package, bundled: false, time.GetUtcNow())).Entity;
        PluginRow.Update(row, package, bundled: false, time.GetUtcNow());
        await catalog.SaveChangesAsync();
        return row;
    }

    private async Task SweepAsync(CatalogDbContext catalog) =>
        files.Sweep(await catalog.Plugins.Select(row => row.PackageSha256).ToHashSetAsync());

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} {Version} is active")]
    private static partial void LogInstalled(ILogger logger, string domain, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A package was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Domain {Domain} failed its own test questions and is not active")]
    private static partial void LogFailed(ILogger logger, string domain);

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} was removed")]
    private static partial void LogRemoved(ILogger logger, string domain);
}
