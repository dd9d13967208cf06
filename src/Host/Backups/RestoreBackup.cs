using System.Formats.Tar;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Backups;

/// <summary>
/// Brings a backup into an empty place, whichever databases it was taken from. Users and tenants come last and together: until then the place counts as
/// empty, and a restore that was cut short is begun again. For a host that does not serve.
/// </summary>
internal sealed class RestoreBackup(
    CatalogDbContext catalog, TenantScopes tenants, PluginReconciler plugins, IChunkStores chunks, IndexStores stores, BlobStore blobs, TesseraOptions options,
    TimeProvider time)
{
    private readonly HashSet<TenantId> begun = [];
    private readonly HashSet<(TenantId, string)> made = [];
    private readonly Dictionary<string, List<JsonObject>> late = new(StringComparer.Ordinal);
    private bool hasPlugins;

    /// <exception cref="BackupException">It is no whole backup of this version, or the place is not empty; nothing was changed.</exception>
    public async Task<BackupSummary> RunAsync(BackupFile backup, CancellationToken cancellationToken)
    {
        var summary = await backup.CheckAsync((await BackupContent.ManifestAsync(catalog, tenants, time)).Rows, cancellationToken);
        if (await catalog.Users.AnyAsync(cancellationToken) || await catalog.Tenants.AnyAsync(cancellationToken))
        {
            throw new BackupException(
                "There are users and documents here already, and a backup does not mix with them. Restore into an empty data folder (--data), and into an empty database where one is set.");
        }

        await foreach (var entry in backup.ReadAsync(cancellationToken))
        {
            await BringAsync(entry, cancellationToken);
        }

        foreach (var tenant in begun)
        {
            await using var scope = tenants.Open(tenant);
            await OnlyActiveAsync(scope.ServiceProvider.GetRequiredService<TenantDbContext>(), cancellationToken);
        }

        await EndAsync(cancellationToken);
        return summary;
    }

    private async Task BringAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var parts = entry.Name.Split('/');
        if (entry.Name.StartsWith(BackupFile.Files, StringComparison.Ordinal))
        {
            await FileAsync(entry, cancellationToken);
        }
        else if (entry.Name.StartsWith(BackupFile.Rows, StringComparison.Ordinal))
        {
            var rows = await LinesAsync(entry, cancellationToken);
            if (parts[1] == "catalog")
            {
                (late.TryGetValue(parts[2], out var known) ? known : late[parts[2]] = []).AddRange(rows);
            }
            else
            {
                await RowsAsync(new TenantId(Guid.Parse(parts[1])), parts[2], rows, cancellationToken);
            }
        }
        else if (entry.Name.StartsWith(BackupFile.Chunks, StringComparison.Ordinal))
        {
            await ChunksAsync(new TenantId(Guid.Parse(parts[1])), await BackupFile.ReadAsync<StoredChunks>(entry, cancellationToken), cancellationToken);
        }
    }

    private async Task FileAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(options.SharedRoot) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, entry.Name[BackupFile.Files.Length..]));
        if (!path.StartsWith(root, StringComparison.Ordinal) || entry.EntryType != TarEntryType.RegularFile)
        {
            throw new BackupException("This is no backup of Tessera: it would write outside of the data folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = BackupFile.Create(path, FileMode.Create);
        await (entry.DataStream ?? Stream.Null).CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    // What an earlier try has left goes first.
    private async Task RowsAsync(TenantId tenant, string table, List<JsonObject> lines, CancellationToken cancellationToken)
    {
        await using var scope = tenants.Open(tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var tables = RowTable.Of(rows);
        if (begun.Add(tenant))
        {
            await chunks.DropAsync(tenant, null, cancellationToken);
            blobs.Drop(tenant);
            foreach (var one in tables.Reverse())
            {
                await one.ClearAsync(rows, cancellationToken);
            }
        }

        await AddAsync(rows, tables.First(one => one.Name == table), lines, cancellationToken);
    }

    private async Task ChunksAsync(TenantId tenant, StoredChunks stored, CancellationToken cancellationToken)
    {
        if (!hasPlugins)
        {
            // Loaded before the first chunk: a domain's own analysis makes its terms.
            await PluginsAsync(cancellationToken);
            hasPlugins = true;
        }

        var store = stores.Open(tenant, stored.Domain, stored.Index).Store;
        if (made.Add((tenant, stored.Domain)))
        {
            await store.EnsureCreatedAsync(cancellationToken);
        }

        await store.UpsertAsync(stored.ToDocument(), stored.Revision, stored.ToChunks(), cancellationToken);
    }

    private async Task PluginsAsync(CancellationToken cancellationToken)
    {
        var table = RowTable.Of(catalog).First(one => one.Name == catalog.Plugins.EntityType.GetTableName());
        await table.ClearAsync(catalog, cancellationToken);
        await AddAsync(catalog, table, late.GetValueOrDefault(table.Name, []), cancellationToken);
        await plugins.StartAsync(cancellationToken);
        catalog.ChangeTracker.Clear();
    }

    // Other indexes than the active ones are not in a backup; the next start builds what is wanted.
    private static async Task OnlyActiveAsync(TenantDbContext rows, CancellationToken cancellationToken) => await rows.Indexes.ExecuteUpdateAsync(
        row => row.SetProperty(x => x.Building, (string?)null).SetProperty(x => x.Previous, (string?)null).SetProperty(x => x.PreviousUntil, (DateTimeOffset?)null),
        cancellationToken);

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var tables = BackupContent.CatalogTables(catalog).ToList();
        foreach (var table in Enumerable.Reverse(tables))
        {
            await table.ClearAsync(catalog, cancellationToken);
        }

        foreach (var table in tables)
        {
            await AddAsync(catalog, table, late.GetValueOrDefault(table.Name, []), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<List<JsonObject>> LinesAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
        var lines = new List<JsonObject>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(JsonNode.Parse(line)!.AsObject());
        }

        return lines;
    }

    private static async Task AddAsync(DbContext rows, RowTable table, List<JsonObject> lines, CancellationToken cancellationToken)
    {
        lines.ForEach(line => table.Add(rows, line));
        await rows.SaveChangesAsync(cancellationToken);
        rows.ChangeTracker.Clear();
    }
}
