using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Models;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>
/// Brings what is loaded here to what another host has installed or removed. Verifies as the installing host did; nothing is written. One call at a time.
/// </summary>
internal sealed partial class PluginFollower(
    IServiceScopeFactory scopes, PackageReader packages, LoadedPlugins plugins, ModelAdapters adapters, ILogger<PluginFollower> logger)
{
    private HashSet<string> active = new(StringComparer.Ordinal);

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Plugins.AsNoTracking().Where(row => row.State == PluginState.Active)
            .ToDictionaryAsync(row => row.DomainId, StringComparer.Ordinal, cancellationToken);
        foreach (var gone in active.Where(domain => !rows.ContainsKey(domain)))
        {
            plugins.Remove(gone)?.Context?.Unload();
        }

        active = [.. rows.Keys];

        foreach (var row in rows.Values.Where(row => !row.Bundled && plugins.Find(row.DomainId)?.PackageSha256 != row.PackageSha256))
        {
            await LoadAsync(row, cancellationToken);
        }
    }

    private async Task LoadAsync(InstalledPlugin row, CancellationToken cancellationToken)
    {
        try
        {
            switch (await packages.ReadAsync(row, cancellationToken))
            {
                case PackageVerdict.Verified { Package: var package }:
                    await adapters.TakeAsync(package, cancellationToken);
                    plugins.Put(PluginLoader.Load(package, plugins.CameWithHost(row.DomainId)))?.Context?.Unload();
                    break;
                case PackageVerdict.Refused { Refusal: var refusal }:
                    LogRefused(logger, row.DomainId, refusal.Code);
                    break;
            }
        }
        catch (PackageRefusedException refused)
        {
            LogRefused(logger, row.DomainId, refused.Refusal.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domain {Domain}, which another host installed, is not active here: {Code}")]
    private static partial void LogRefused(ILogger logger, string domain, string code);
}
