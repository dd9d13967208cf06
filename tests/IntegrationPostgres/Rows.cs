using Npgsql;
using Tessera.Host.Startup;
using Tessera.Postgres;
using Tessera.Sdk;

namespace Tessera.Integration;

/// <summary>Where the rows of a test's host lie: here in a database of its own. A folder that is started in again keeps its database.</summary>
internal static class Rows
{
    public const string Kind = "PostgreSQL";
    public const bool ChunksAreFiles = false;

    /// <summary>Whether the database itself keeps tenants apart.</summary>
    public const bool HasWalls = true;

    private const string Role = "app";
    private const string Kept = "postgres";

    public static async Task<TesseraOptions> PlaceAsync(TesseraOptions options)
    {
        if (options.Postgres is not null)
        {
            return options;
        }

        Assert.SkipUnless(PostgresServer.IsPrepared, PostgresServer.Missing);
        var note = Path.Combine(Path.GetDirectoryName(options.DataFolder)!, "database");
        if (!File.Exists(note))
        {
            var server = await PostgresServer.SharedAsync();
            await File.WriteAllTextAsync(note, await server.AddDatabaseAsync());
        }

        var owner = await File.ReadAllTextAsync(note);
        return options with { Chunks = ChunkStoreKind.Pgvector, PostgresOwner = owner, Postgres = new NpgsqlConnectionStringBuilder(owner) { Username = Role, MaxPoolSize = 40 }.ConnectionString };
    }

    /// <summary>Keys of the indexes that there are of a domain.</summary>
    public static IEnumerable<string> IndexKeys(TesseraOptions options, TenantId tenant, string domain) =>
        Read(options, "SELECT model FROM chunks.collection WHERE tenant = $1 AND domain = $2", tenant.Value, domain);

    /// <summary>Whether any of a tenant's indexes holds a text.</summary>
    public static bool IndexHolds(TesseraOptions options, TenantId tenant, string text) =>
        Read(options, "SELECT 'held' FROM chunks.chunk WHERE tenant = $1 AND strpos(text, $2) > 0 LIMIT 1", tenant.Value, text).Count > 0;

    private static List<string> Read(TesseraOptions options, string sql, params object[] values)
    {
        using var source = NpgsqlDataSource.Create(options.PostgresOwner!);
        using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>They are away until they are put back: nobody comes in, and who is in goes.</summary>
    public static Task LoseAsync(TesseraOptions options) => AllowAsync(
        options, database => $"ALTER DATABASE {database} WITH ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

    public static Task PutBackAsync(TesseraOptions options) => AllowAsync(options, database => $"ALTER DATABASE {database} WITH ALLOW_CONNECTIONS true");

    private static async Task AllowAsync(TesseraOptions options, Func<string, string> order)
    {
        var owner = new NpgsqlConnectionStringBuilder(options.PostgresOwner);
        var database = owner.Database!;
        owner.Database = Kept;
        await using var source = NpgsqlDataSource.Create(owner.ConnectionString);
        await using var command = source.CreateCommand(order(database));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
