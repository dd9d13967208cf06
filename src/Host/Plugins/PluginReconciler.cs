using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Models;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Plugins;

/// <summary>
/// Brings what is loaded to what the rows and the host's own packages say, at each start. Every package is verified again before its
/// code runs, so a file that was changed on the disk is refused here too. One that fails stops nothing else: its row says why.
/// </summary>
internal sealed partial class PluginReconciler(
    CatalogDbContext catalog, PackageReader packages, PluginFiles files, PluginGolden golden, LoadedPlugins plugins,
    ModelAdapters adapters, ITurns turns, TesseraOptions options, TimeProvider time, ILogger<PluginReconciler> logger)
{
    /// <summary>Loads all that should be active; returns the bundled packages whose golden sets have not passed here yet.</summary>
    public async Task<IReadOnlyList<VerifiedPackage>> StartAsync(CancellationToken cancellationToken)
    {
        golden.Clear();
        await using var turn = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
        var rows = await catalog.Plugins.ToDictionaryAsync(row => row.DomainId, StringComparer.Ordinal, cancellationToken);
        var untested = new List<VerifiedPackage>();
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in BundledFiles())
        {
            if (await BringAsync(path, rows, there, cancellationToken) is { } package)
            {
                untested.Add(package);
            }
        }

        foreach (var row in rows.Values.Where(row => row.Bundled && !there.Contains(row.DomainId)))
        {
            catalog.Plugins.Remove(row);
        }

        plugins.SetBundled(there);
        foreach (var row in rows.Values.Where(row => !row.Bundled))
        {
            await LoadInstalledAsync(row, cancellationToken);
        }

        await catalog.SaveChangesAsync(cancellationToken);
        adapters.Sweep(plugins.Active.Select(plugin => plugin.Manifest));
        files.Sweep(rows.Values.Select(row => row.PackageSha256).ToHashSet(StringComparer.Ordinal));
        return untested;
    }

    private IEnumerable<string> BundledFiles() => Directory.Exists(options.PackagesFolder)
        ? Directory.EnumerateFiles(options.PackagesFolder, "*.tessera").Order(StringComparer.Ordinal)
        : [];

    // A package that came with the host wins over an older one of its kind, whoever installed that.
    private async Task<VerifiedPackage?> BringAsync(
        string path, Dictionary<string, InstalledPlugin> rows, HashSet<string> there, CancellationToken cancellationToken)
    {
        var verdict = await packages.ReadAsync(path, cancellationToken);
        if (verdict is not PackageVerdict.Verified { Package: var package })
        {
            Refuse(path, ((PackageVerdict.Refused)verdict).Refusal, rows, there);
            return null;
        }

        var id = package.Manifest.Id;
        there.Add(id);
        rows.TryGetValue(id, out var row);
        if (row is { Bundled: false } && PluginVersion.Parse(row.Version) >= package.Version)
        {
            return null;
        }

        if (row is null)
        {
            row = rows[id] = catalog.Plugins.Add(PluginRow.Of(package, bundled: true, time.GetUtcNow())).Entity;
        }
        else if (row.PackageSha256 != package.Sha256)
        {
            PluginRow.Update(row, package, bundled: true, time.GetUtcNow());
        }
        else if (row.State == PluginState.Refused)
        {
            return null;
        }

        await LoadAsync(row, package, cancellationToken);
        return row is { Tested: false, State: PluginState.Active } ? package.EvaluationOnly() : null;
    }

    private async Task LoadInstalledAsync(InstalledPlugin row, CancellationToken cancellationToken)
    {
        switch (await packages.ReadAsync(row, cancellationToken))
        {
            case PackageVerdict.Verified { Package: var package }:
                await LoadAsync(row, package, cancellationToken);
                break;
            case PackageVerdict.Refused { Refusal: var refusal }:
                Fail(row, refusal);
                break;
        }
    }

    private async Task LoadAsync(InstalledPlugin row, VerifiedPackage package, CancellationToken cancellationToken)
    {
        try
        {
            await adapters.TakeAsync(package, cancellationToken);
            plugins.Put(PluginLoader.Load(package, bundled: row.Bundled || plugins.CameWithHost(row.DomainId)));
            (row.State, row.Reason) = (PluginState.Active, null);
        }
        catch (PackageRefusedException refused)
        {
            Fail(row, refused.Refusal);
        }
    }

    // The file's name is all there is to go by: nothing inside is vouched for.
    private void Refuse(string path, PackageRefusal refusal, Dictionary<string, InstalledPlugin> rows, HashSet<string> there)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var dash = name.LastIndexOf('-');
        var (id, version) = dash > 0 ? (name[..dash], name[(dash + 1)..]) : (name, "0.0.0");
        if (!PackageManifest.IsId(id) || !PluginVersion.TryParse(version, out _))
        {
            LogRefused(logger, "a bundled package", refusal.Code);
            return;
        }

        there.Add(id);
        if (!rows.TryGetValue(id, out var row))
        {
            row = rows[id] = catalog.Plugins.Add(new InstalledPlugin
            {
                DomainId = id, Version = version, PackageSha256 = "", PublisherKeyId = "", Bundled = true,
                State = PluginState.Failed, InstalledAt = time.GetUtcNow(),
            }).Entity;
        }

        if (row.Bundled)
        {
            Fail(row, refusal);
        }
    }

    private void Fail(InstalledPlugin row, PackageRefusal refusal)
    {
        (row.State, row.Reason) = (PluginState.Failed, refusal.Reason);
        LogRefused(logger, row.DomainId, refusal.Code);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domain {Domain} is not active: {Code}")]
    private static partial void LogRefused(ILogger logger, string domain, string code);
}
