using Microsoft.Data.Sqlite;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>The one row that says how the file's words were made and how often it was changed.</summary>
internal static class Collection
{
    /// <summary>How many transactions changed the file; read in the transaction that it shall speak for.</summary>
    public static long Generation(SqliteConnection connection) => (long)connection.Scalar("SELECT generation FROM collection")!;

    /// <summary>Counts this transaction; returns the new generation.</summary>
    public static long Advance(SqliteConnection connection) =>
        (long)connection.Scalar("UPDATE collection SET generation = generation + 1 RETURNING generation")!;

    /// <summary>Refuses where another version of the domain has since made the file's words another way.</summary>
    public static void Require(SqliteConnection connection, TextAnalyzer analyzer)
    {
        if (Analysis(connection) != analyzer.Version)
        {
            throw new TransientException("The domain was replaced by another version meanwhile.");
        }
    }

    /// <summary>Makes all terms anew where they were made by another analysis.</summary>
    public static void Analyze(SqliteConnection connection, TextAnalyzer analyzer, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Analysis(connection) == analyzer.Version)
        {
            return;
        }

        foreach (var revision in RevisionRows.ReadAll(connection))
        {
            var id = revision.Document.Id;
            var chunks = ChunkRows.Read(connection, revision.Row, id, 0, RevisionChunks.Most);
            var terms = RevisionFields.Write(revision.Document.Name, chunks, analyzer, cancellationToken);
            RevisionRows.WriteTerms(connection, revision.Row, terms);
        }

        connection.Execute("UPDATE collection SET analysis = $analysis", ("$analysis", analyzer.Version));
        Advance(connection);
        transaction.Commit();
    }

    private static string Analysis(SqliteConnection connection) => (string)connection.Scalar("SELECT analysis FROM collection")!;
}
