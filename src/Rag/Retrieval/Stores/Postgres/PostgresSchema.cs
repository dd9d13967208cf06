using System.Globalization;
using Npgsql;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>The tables, made by their owner and used by a role that owns nothing.</summary>
internal static class PostgresSchema
{
    /// <summary>The version that this code reads and writes.</summary>
    public const int Version = 1;

    // Hosts that start at once make it one after the other.
    private const long Lock = 5403712200;

    /// <summary>Makes what is missing, and gives a role its rights; does nothing where all is there.</summary>
    /// <exception cref="PermanentException"><c>schema-newer</c>: a newer version of Tessera made the tables.</exception>
    public static Task EnsureAsync(string ownerConnection, string role, CancellationToken cancellationToken) =>
        PostgresFaults.TryAsync(async () =>
        {
            await using var source = NpgsqlDataSource.Create(ownerConnection);
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, $"SELECT pg_advisory_xact_lock({Lock.ToString(CultureInfo.InvariantCulture)})", cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, "CREATE EXTENSION IF NOT EXISTS vector", cancellationToken).ConfigureAwait(false);
            var made = (bool)(await RunAsync(connection, "SELECT to_regclass('chunks.version') IS NOT NULL", cancellationToken).ConfigureAwait(false))!;
            if (!made)
            {
                using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(typeof(PostgresSchema), "schema.sql")!;
                using var reader = new StreamReader(stream);
                await RunAsync(connection, await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            Require((int)(await RunAsync(connection, "SELECT number FROM chunks.version", cancellationToken).ConfigureAwait(false))!);
            await GrantAsync(connection, role, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <summary>Refuses tables of another version.</summary>
    public static void Require(int version)
    {
        if (version > Version)
        {
            throw new PermanentException(
                "schema-newer", $"The search index in PostgreSQL was made by a newer version of Tessera (schema {version}, this one knows {Version}). Start that version.");
        }
    }

    // pgvector may lie in any schema; a function that runs as its owner must not look for it where others may put theirs.
    private static async Task GrantAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT format(
                'GRANT USAGE ON SCHEMA chunks TO %1$I;
                 GRANT USAGE ON SEQUENCE chunks.revision_id TO %1$I;
                 GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA chunks TO %1$I;
                 REVOKE INSERT, UPDATE, DELETE ON chunks.version, chunks.space FROM %1$I;
                 ALTER DEFAULT PRIVILEGES IN SCHEMA chunks GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %1$I;
                 GRANT EXECUTE ON FUNCTION chunks.add_space TO %1$I;
                 ALTER FUNCTION chunks.add_space SET search_path = pg_catalog, %2$I, pg_temp', $1, nspname)
            FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'
            """,
            connection) { Parameters = { new() { Value = role } } };
        await RunAsync(connection, (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The texts are constants, and rights that the server itself quoted the role into.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
