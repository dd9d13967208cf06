using Npgsql;
using Tessera.Host.Startup;
using Tessera.Postgres;

namespace Tessera.Integration;

/// <summary>Where the rows of a test's host lie: here in a database of its own. A folder that is started in again keeps its database.</summary>
internal static class Rows
{
    private const string Role = "app";

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
}
