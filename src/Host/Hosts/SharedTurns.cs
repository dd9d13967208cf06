using Npgsql;

namespace Tessera.Host.Hosts;

/// <summary>Turns among all hosts of one PostgreSQL: a lock that the server lets go when the connection ends, however that comes about.</summary>
internal sealed class SharedTurns(NpgsqlDataSource source) : ITurns
{
    private const string Take = "SELECT pg_advisory_lock(hashtextextended($1, 0))";
    private const string End = "SELECT pg_advisory_unlock(hashtextextended($1, 0))";
    private const string Share = "SELECT pg_advisory_lock_shared(hashtextextended($1, 0))";
    private const string Leave = "SELECT pg_advisory_unlock_shared(hashtextextended($1, 0))";

    public Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken) => BeginAsync(name, Take, End, cancellationToken);

    public Task<IAsyncDisposable> ShareAsync(string name, CancellationToken cancellationToken) => BeginAsync(name, Share, Leave, cancellationToken);

    private async Task<IAsyncDisposable> BeginAsync(string name, string begin, string end, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await RunAsync(connection, begin, name, cancellationToken);
            return new Taken(connection, end, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellationToken)
    {
        // Whoever has the turn may take as long as a whole document does.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { new NpgsqlParameter { Value = name } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Taken(NpgsqlConnection connection, string end, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                try
                {
                    await RunAsync(connection, end, name, CancellationToken.None);
                }
                catch (NpgsqlException)
                {
                    // With the connection the lock is gone too.
                }
            }
        }
    }
}
