using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>The SQLite file of one tenant and domain. What is committed is on disk; what is deleted is overwritten.</summary>
internal sealed class ChunkFile(string path)
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
    }.ToString();

    /// <summary>Whether anything was ever written.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Opens, and makes the tables where they are missing.</summary>
    public SqliteConnection Create(string analysis)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = Open();
        using var stream = typeof(ChunkFile).Assembly.GetManifestResourceStream(typeof(ChunkFile), "schema.sql")!;
        using var reader = new StreamReader(stream);
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(reader.ReadToEnd());
        connection.Execute("INSERT OR IGNORE INTO collection VALUES (1, $analysis, 0)", ("$analysis", analysis));
        transaction.Commit();

        // A stop between a deletion and the end of its log left deleted rows there.
        EmptyLog();
        return connection;
    }

    /// <summary>Opens; the caller disposes, and the pool keeps the handle for the next.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            connection.Execute(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=4194304");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Moves the log into the file and empties it, so that no copy of deleted rows stays there.</summary>
    public void EmptyLog()
    {
        using var connection = Open();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Closes pooled handles; open ones close when they are disposed.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Deletes the file and its log.</summary>
    public void Delete()
    {
        Close();
        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            File.Delete(path + ending);
        }
    }

    /// <summary>Works with the file; tells a fault of SQLite as what it means to the caller.</summary>
    public static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault)
        {
            throw Translate(fault);
        }
    }

    private static Exception Translate(SqliteException fault) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new TransientException("The disk is full: the search index could not be written.", fault),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new PermanentException(
            "index-damaged", "The search index of this domain is damaged. Restore it from a backup or ingest its documents again.", fault),
        _ => new TransientException("The search index could not be read or written.", fault),
    };
}
