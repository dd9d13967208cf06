using System.Data;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Hosts;
using Tessera.Host.Indexes;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Backups;

/// <summary>
/// What goes into a backup. A tenant's rows are read in one transaction; the bytes and chunks that they name stay as they are while no job runs, so
/// all fits together, whatever is uploaded or deleted meanwhile. For whoever has the turn of jobs.
/// </summary>
internal sealed class BackupContent(
    CatalogDbContext catalog, TenantScopes tenants, IndexStores stores, BlobStore blobs, ITurns turns, TesseraOptions options, TimeProvider time)
{
    private const int RowsTogether = 1000;
    private int documents;
    private int missing;

    public async Task<BackupSummary> WriteAsync(BackupWriter writer, CancellationToken cancellationToken)
    {
        await writer.AddAsync(BackupFile.Manifest, await ManifestAsync(catalog, tenants, time), cancellationToken);
        await FilesAsync(writer, options.KeysFolder, "*", cancellationToken);
        await FilesAsync(writer, options.PluginsFolder, "*.tessera", cancellationToken);
        await FilesAsync(writer, options.ModelsFolder, "*.gguf", cancellationToken);
        var known = new List<TenantId>();
        await using (await BeginReadingAsync(catalog, cancellationToken))
        {
            known.AddRange(await catalog.Tenants.Select(row => row.Id).ToListAsync(cancellationToken));
            foreach (var table in CatalogTables(catalog))
            {
                await RowsAsync(writer, catalog, table, "catalog", cancellationToken);
            }
        }

        foreach (var tenant in known)
        {
            await TenantAsync(writer, tenant, cancellationToken);
        }

        return new BackupSummary(known.Count, documents, missing);
    }

    /// <summary>What this host makes and takes.</summary>
    public static async Task<BackupManifest> ManifestAsync(CatalogDbContext catalog, TenantScopes tenants, TimeProvider time)
    {
        // The tables are the same for each tenant; none is asked for a row.
        await using var scope = tenants.Open(new TenantId(Guid.NewGuid()));
        var rows = BackupManifest.RowsOf(catalog, scope.ServiceProvider.GetRequiredService<TenantDbContext>());
        return new BackupManifest(BackupManifest.Current, rows, typeof(BackupContent).Assembly.GetName().Version!.ToString(3), time.GetUtcNow());
    }

    /// <summary>Tables of the catalog but that of work, which is read with each tenant's jobs.</summary>
    public static IEnumerable<RowTable> CatalogTables(CatalogDbContext catalog)
    {
        var work = catalog.Work.EntityType.GetTableName();
        return RowTable.Of(catalog).Where(table => table.Name != work);
    }

    private async Task TenantAsync(BackupWriter writer, TenantId tenant, CancellationToken cancellationToken)
    {
        await using var scope = tenants.Open(tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        List<Document> kept;
        List<DomainIndex> indexes;
        await using (await turns.TakeAsync(TurnNames.Adapted(tenant), cancellationToken))
        {
            await using (await BeginReadingAsync(rows, cancellationToken))
            {
                kept = await rows.Documents.AsNoTracking().Where(row => row.DeletedAt == null).ToListAsync(cancellationToken);
                indexes = await rows.Indexes.AsNoTracking().ToListAsync(cancellationToken);
                foreach (var table in RowTable.Of(rows))
                {
                    await RowsAsync(writer, rows, table, $"{tenant.Value:D}", cancellationToken);
                }
            }

            foreach (var domain in indexes.Select(index => index.Domain))
            {
                await FilesAsync(writer, Path.Combine(options.AdaptedFolder, $"{tenant.Value:D}", domain), "*", cancellationToken);
            }
        }

        foreach (var document in kept)
        {
            await BytesAsync(writer, document, cancellationToken);
        }

        foreach (var index in indexes)
        {
            await ChunksAsync(writer, index, kept.Where(row => row.Domain == index.Domain).Select(row => row.Id).ToHashSet(), cancellationToken);
        }
    }

    // One state of all tables, which no writer waits for.
    private static async Task<IAsyncDisposable> BeginReadingAsync(DbContext rows, CancellationToken cancellationToken)
    {
        await rows.Database.OpenConnectionAsync(cancellationToken);
        var connection = rows.Database.GetDbConnection();
        var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return (await rows.Database.UseTransactionAsync(transaction, cancellationToken))!;
    }

    private static async Task RowsAsync(BackupWriter writer, DbContext rows, RowTable table, string owner, CancellationToken cancellationToken)
    {
        var part = 0;
        await foreach (var together in table.ReadAsync(rows).Chunk(RowsTogether).WithCancellation(cancellationToken))
        {
            var lines = string.Join('\n', together.Select(row => row.ToJsonString()));
            var name = string.Create(CultureInfo.InvariantCulture, $"{BackupFile.Rows}{owner}/{table.Name}/{part++:000000}.jsonl");
            await writer.AddAsync(name, Encoding.UTF8.GetBytes(lines), cancellationToken);
        }
    }

    private async Task FilesAsync(BackupWriter writer, string folder, string pattern, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories) : [])
        {
            await writer.AddFileAsync(NameOf(path), path, cancellationToken);
        }
    }

    // Of the newest revision, and of the one that is searched until that is read.
    private async Task BytesAsync(BackupWriter writer, Document document, CancellationToken cancellationToken)
    {
        var isWhole = true;
        foreach (var revision in new[] { document.Revision, document.IndexedRevision }.Where(revision => revision > 0).Distinct())
        {
            var (bytes, text) = (blobs.PathOf(document.TenantId, document.Id, revision), blobs.TextPathOf(document.TenantId, document.Id, revision));
            isWhole &= await writer.AddFileAsync(NameOf(bytes), bytes, cancellationToken);
            isWhole &= await writer.AddFileAsync(NameOf(text), text, cancellationToken) || revision != document.IndexedRevision;
        }

        documents++;
        missing += isWhole ? 0 : 1;
    }

    private async Task ChunksAsync(BackupWriter writer, DomainIndex index, HashSet<Guid> kept, CancellationToken cancellationToken)
    {
        var store = stores.Open(index.TenantId, index.Domain, index.Active).Store;
        foreach (var one in (await store.ListAsync(cancellationToken)).Where(one => kept.Contains(one.Document.Value)))
        {
            var document = await store.FindAsync(one.Document, cancellationToken);
            var chunks = await store.ReadEmbeddedAsync(one.Document, cancellationToken);
            await writer.AddAsync(
                $"{BackupFile.Chunks}{index.TenantId.Value:D}/{index.Domain}/{one.Document.Value:D}.json",
                StoredChunks.Of(index.Domain, index.Active, document!, one.Number, chunks),
                cancellationToken);
        }
    }

    private string NameOf(string path) => BackupFile.Files + Path.GetRelativePath(options.SharedRoot, path).Replace('\\', '/');
}
