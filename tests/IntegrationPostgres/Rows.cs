using Npgsql;
using Tessera.Host.Startup;
using Tessera.Postgres;

namespace Tessera.Integration;

/// <summary>Where the rows of a test's host lie: here in a database of its own. A folder that is started in again keeps its database.</summary>
internal static class Rows
{
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
        return options with { PostgresOwner = owner, Postgres = new NpgsqlConnectionStringBuilder(owner) { Username = Role, MaxPoolSize = 40 }.ConnectionString };
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
