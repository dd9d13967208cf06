using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tessera.Host.Data.Postgres;

/// <summary>
/// A transaction waits for its turn among those of the same tenant, or of the catalog, whichever host they run on: what it read stays true until it
/// commits, as it does in SQLite, where there is one writer.
/// </summary>
internal sealed class TransactionTurns : DbTransactionInterceptor
{
    private const string Sql = $"SELECT pg_advisory_xact_lock(hashtextextended('turn:' || current_setting('{PostgresSession.Setting}'), 0))";

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = Command(connection, result);
        command.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (Sql, transaction);
        return command;
    }
}
