using Npgsql;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Stores.Shared;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>
/// Chunks in PostgreSQL with pgvector, of all tenants in the same tables, shared by any number of hosts. Connects as a role that owns nothing:
/// <see cref="EnsureSchemaAsync"/> comes first. Opening costs nothing.
/// </summary>
public sealed class PostgresChunkStores : IChunkStores, IDisposable
{
    private readonly OpenStores<CollectionKey, SharedChunkStore> _stores = new();
    private readonly PostgresDatabase _database;
    private readonly IndexMemory _memory;

    /// <summary>Stores in one database.</summary>
    /// <param name="connection">Connects as the role that <see cref="EnsureSchemaAsync"/> was told.</param>
    /// <param name="options">How much memory the lexical indexes may take.</param>
    /// <param name="clock">Tells which are unused.</param>
    public PostgresChunkStores(string connection, ChunkStoresOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        _database = new PostgresDatabase(connection);
        _memory = new IndexMemory(options ?? new ChunkStoresOptions(), clock ?? TimeProvider.System);
    }

    /// <summary>Makes the tables in a schema <c>chunks</c> where they are missing, and lets a role use them. Any number of hosts may do so at once.</summary>
    /// <param name="ownerConnection">Connects as one who may make schemas, and the extension where the database lacks it.</param>
    /// <param name="role">A role of the server; it must not be one that sees all rows.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-made.</param>
    /// <exception cref="PermanentException"><c>schema-newer</c>: a newer version of Tessera made the tables.</exception>
    public static Task EnsureSchemaAsync(string ownerConnection, string role, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ownerConnection);
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        return PostgresSchema.EnsureAsync(ownerConnection, role, cancellationToken);
    }

    /// <inheritdoc />
    public long IndexBytes => _memory.Bytes;

    /// <inheritdoc />
    public Task ReachAsync(CancellationToken cancellationToken) => _database.ReachAsync(cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The domain's id is none, or the model's hash is not known yet.</exception>
    public IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var key = CollectionKey.Of(tenant, domain.Id, embeddingModel);
        var analyzer = TextAnalyzer.For(domain.Analysis);
        return _stores.Open(key, analyzer, () => new SharedChunkStore(new PostgresChunkServer(_database, key, analyzer), analyzer, _memory));
    }

    /// <inheritdoc />
    public Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken) =>
        DropAsync(tenant, domain is null ? null : CollectionKey.Checked(domain), [], cancellationToken);

    /// <inheritdoc />
    public async Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var models = kept.Select(model => CollectionKey.Of(tenant, domain, model).Model).ToArray();
        await DropAsync(tenant, CollectionKey.Checked(domain), models, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stores.Dispose();
        _memory.Dispose();
        _database.Dispose();
    }

    private async Task DropAsync(TenantId tenant, string? domain, string[] kept, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _database.WriteAsync(
            tenant,
            async connection =>
            {
                foreach (var (id, space) in await TakeAsync(connection, tenant, domain, kept, cancellationToken).ConfigureAwait(false))
                {
                    await PostgresDatabase.RunAsync(connection, cancellationToken, PostgresRows.DeleteAll(id, space)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Whoever is writing to them ends first, or finds them gone.
    private static async Task<List<(long Id, PostgresSpace? Space)>> TakeAsync(
        NpgsqlConnection connection, TenantId tenant, string? domain, string[] kept, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                PostgresDatabase.Sql(
                    "DELETE FROM chunks.collection WHERE tenant = $1 AND ($2 = '' OR domain = $2) AND model <> ALL($3) RETURNING id, space", tenant.Value, domain ?? "", kept),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var taken = new List<(long, PostgresSpace?)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            taken.Add((reader.GetInt64(0), reader.IsDBNull(1) ? null : new PostgresSpace(reader.GetInt32(1), 0)));
        }

        return taken;
    }
}
