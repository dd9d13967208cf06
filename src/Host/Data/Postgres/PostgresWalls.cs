using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Tessera.Host.Jobs;

namespace Tessera.Host.Data.Postgres;

/// <summary>
/// What keeps tenants apart inside the database: row-level security, forced, on every table of theirs, and a role that owns nothing. Made from the model,
/// so that no table is forgotten; checked at each start, so that none is lost.
/// </summary>
internal static class PostgresWalls
{
    /// <summary>Makes the role and its rights, and the walls; the same when it is done again.</summary>
    /// <param name="owner">A connection of the role that owns the tables.</param>
    /// <param name="tenant">Whose model names the tables.</param>
    /// <param name="role">The connection of the role that works with them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task BuildAsync(NpgsqlConnection owner, TenantDbContext tenant, NpgsqlConnectionStringBuilder role, CancellationToken cancellationToken)
    {
        var name = Quoted(role.Username ?? throw new SchemaException("TESSERA_POSTGRES names no user."));
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        if (!await IsThereAsync(owner, role.Username, cancellationToken))
        {
            await ExecuteAsync(owner, $"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE {Password(role.Password)}", cancellationToken);
        }

        foreach (var table in TablesOf(tenant))
        {
            await ExecuteAsync(
                owner,
                $"""
                ALTER TABLE {Quoted(table)} ENABLE ROW LEVEL SECURITY;
                ALTER TABLE {Quoted(table)} FORCE ROW LEVEL SECURITY;
                DROP POLICY IF EXISTS tenant ON {Quoted(table)};
                CREATE POLICY tenant ON {Quoted(table)}
                    USING ("TenantId" = nullif(current_setting('{PostgresSession.Setting}', true), '')::uuid)
                    WITH CHECK ("TenantId" = nullif(current_setting('{PostgresSession.Setting}', true), '')::uuid);
                """,
                cancellationToken);
        }

        await ExecuteAsync(
            owner,
            $"""
            GRANT USAGE ON SCHEMA public TO {name};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name};
            GRANT USAGE ON SCHEMA {WakeUpStorage.Schema} TO {name};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {WakeUpStorage.Schema} TO {name};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {WakeUpStorage.Schema} TO {name};
            REVOKE INSERT, UPDATE, DELETE ON {CatalogDbContext.HistoryTable}, {TenantDbContext.HistoryTable} FROM {name};
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Refuses a database whose walls do not stand.</summary>
    /// <exception cref="SchemaException">The role can get past them, or a table has none.</exception>
    public static async Task RequireAsync(NpgsqlDataSource source, TenantDbContext tenant, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p')) FROM pg_roles WHERE rolname = current_user");
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new SchemaException(
                "The role of TESSERA_POSTGRES is a superuser, bypasses row-level security, or owns tables: tenants would be kept apart by this program alone. "
                + "Name another role there, and the owner in TESSERA_POSTGRES_OWNER.");
        }

        await using var walls = source.CreateCommand(
            "SELECT name FROM unnest($1) name WHERE NOT EXISTS (SELECT FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
            + "WHERE pg_class.oid = to_regclass(quote_ident(name)) AND relrowsecurity AND relforcerowsecurity)");
        walls.Parameters.Add(new NpgsqlParameter { Value = TablesOf(tenant).ToArray() });
        if (await walls.ExecuteScalarAsync(cancellationToken) is string open)
        {
            throw new SchemaException($"Table {open} has no row-level security. Start once with TESSERA_POSTGRES_OWNER set, which builds it.");
        }
    }

    /// <summary>The tables whose rows are a tenant's. Not <c>work</c>: whose work is due is asked before a tenant is known, and it says ids and times only.</summary>
    public static IEnumerable<string> TablesOf(TenantDbContext tenant) => tenant.GetService<IDesignTimeModel>().Model.GetEntityTypes()
        .Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned)) && !type.IsTableExcludedFromMigrations())
        .Select(type => type.GetTableName()!);

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Names come from the model and from the operator's own connection string, quoted.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection owner, string role, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT FROM pg_roles WHERE rolname = $1", owner) { Parameters = { new NpgsqlParameter { Value = role } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Password(string? password) =>
        password is null ? "" : string.Create(CultureInfo.InvariantCulture, $"PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
}
