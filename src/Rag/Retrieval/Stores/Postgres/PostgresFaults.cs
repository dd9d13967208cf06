using Npgsql;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>Tells a fault of PostgreSQL as what it means to the caller.</summary>
internal static class PostgresFaults
{
    private static readonly string[] Passing =
    [
        "08", "40", "53", "57P", // connection, rollback, resources, operator's intervention
        PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.IoError,
    ];

    /// <summary>Works with the server.</summary>
    /// <exception cref="TransientException">It may pass: the connection, a deadlock, a restart, a full disk.</exception>
    /// <exception cref="PermanentException"><c>chunk-server-refused</c>: it will not.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NpgsqlException fault)
        {
            throw Translate(fault);
        }
    }

    /// <summary>What a fault means.</summary>
    public static Exception Translate(NpgsqlException fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new TransientException("PostgreSQL's disk is full: the search index could not be written.", fault),
        PostgresException refusal when !Array.Exists(Passing, x => refusal.SqlState.StartsWith(x, StringComparison.Ordinal)) => new PermanentException(
            "chunk-server-refused", $"PostgreSQL refused to work on the search index: {refusal.MessageText} ({refusal.SqlState})", fault),
        _ => new TransientException("The search index in PostgreSQL could not be read or written.", fault),
    };
}
