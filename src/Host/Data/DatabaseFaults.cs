using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tessera.Host.Data;

/// <summary>What the databases' own faults mean.</summary>
internal static class DatabaseFaults
{
    private const int SqliteConstraint = 19;
    private const int SqliteFull = 13;

    /// <summary>A row with this key is there already.</summary>
    public static bool IsDuplicate(DbUpdateException fault) =>
        fault.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>The disk of the database is full.</summary>
    public static bool IsFull(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>The server is not there just now, or two writers got in each other's way: tried again it may well go.</summary>
    public static bool MayPass(Exception fault) => fault is DbException or DbUpdateException;

    /// <summary>The server cannot be reached, or takes no more connections.</summary>
    public static bool IsUnreachable(Exception? fault) => fault switch
    {
        null => false,
        NpgsqlException { IsTransient: true } => true,
        _ => IsUnreachable(fault.InnerException),
    };
}
