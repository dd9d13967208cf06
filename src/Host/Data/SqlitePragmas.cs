using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Tessera.Host.Data;

/// <summary>
/// A commit is on the disk when it returns; what is deleted is overwritten; writers wait for each other inside SQLite,
/// which looks again within milliseconds, where Microsoft.Data.Sqlite sleeps for 150. Said once to each connection that the pool keeps. Safe for concurrent use.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON;";
    private readonly ConditionalWeakTable<sqlite3, SqlitePragmas> told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!told.TryGetValue(handle, out _))
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
            told.AddOrUpdate(handle, this);
        }
    }

    // SQLite has no asynchronous calls.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
