using Npgsql;
using Pgvector.Npgsql;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>
/// The door to the tables: nothing runs before the tenant is named, for as long as one transaction. Safe for concurrent use.
/// </summary>
internal sealed class PostgresDatabase : IDisposable
{
    // Plans are made for the few rows that are named, and for a graph that is asked on until there are enough: never for a scan of all tenants' rows.
    private const string Begin =
        """
        SELECT set_config('app.tenant', $1, true), set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', '200', true), set_config('hnsw.max_scan_tuples', '200000', true)
        """;

    private readonly NpgsqlDataSource _source;
    private volatile bool _checked;

    public PostgresDatabase(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.UseVector();
        _source = builder.Build();
    }

    /// <summary>Whether the tables are there and of this version.</summary>
    public Task ReachAsync(CancellationToken cancellationToken) => PostgresFaults.TryAsync(async () =>
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await ScalarAsync(connection, Sql("SELECT number FROM chunks.version"), cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Reads one state of the tables, in one round trip.</summary>
    /// <param name="tenant">Whose rows are seen.</param>
    /// <param name="commands">What is read.</param>
    /// <param name="read">Reads the first command's rows, then the next's and so on.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<T> ReadAsync<T>(
        TenantId tenant, IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken) =>
        PostgresFaults.TryAsync(async () =>
        {
            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
            batch.BatchCommands.Add(Settings(tenant));
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(command);
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            var found = await read(reader).ConfigureAwait(false);
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            return found;
        });

    /// <summary>Works in one transaction, which ends as committed unless there is a fault.</summary>
    public Task<T> WriteAsync<T>(TenantId tenant, Func<NpgsqlConnection, Task<T>> write, CancellationToken cancellationToken) =>
        PostgresFaults.TryAsync(async () =>
        {
            await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, cancellationToken, Settings(tenant)).ConfigureAwait(false);
            var result = await write(connection).ConfigureAwait(false);

            // Whether a commit that was cut off took place, nobody could tell.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        });

    /// <summary>Runs commands in one round trip; returns the rows that the last one changed.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken, params IEnumerable<NpgsqlBatchCommand> commands)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (int)batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>The first value of the first row; null where there is none.</summary>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } value and not DBNull ? value : null;
    }

    /// <summary>A command whose text is a constant but for a space's number; values are parameters, $1 and on.</summary>
    public static NpgsqlBatchCommand Sql(string text, params IEnumerable<object?> values)
    {
#pragma warning disable CA2100 // See above.
        var command = new NpgsqlBatchCommand(text);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    public void Dispose() => _source.Dispose();

    private static NpgsqlBatchCommand Settings(TenantId tenant) => Sql(Begin, tenant.Value.ToString("D"));

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_checked)
            {
                PostgresSchema.Require((int)(await ScalarAsync(connection, Sql("SELECT number FROM chunks.version"), cancellationToken).ConfigureAwait(false) ?? 0));
                _checked = true;
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
