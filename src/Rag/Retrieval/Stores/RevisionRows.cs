using Tessera.Rag.Retrieval.Indexing;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Documents' revisions as rows, each with its filter fields and its terms.</summary>
internal static class RevisionRows
{
    private const string Columns = "revision.id, number, document, name, folder, tags, date, language";
    private const string Newest = "NOT EXISTS (SELECT 1 FROM revision AS newer WHERE newer.document = revision.document AND newer.number > revision.number)";
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Writes a revision; returns its row.</summary>
    public static long Insert(SqliteConnection connection, StoredDocument document, int number, byte[] terms)
    {
        var row = (long)connection.Scalar(
            """
            INSERT INTO revision (document, number, name, folder, tags, date, language)
            VALUES ($document, $number, $name, $folder, $tags, $date, $language) RETURNING id
            """,
            ("$document", document.Id.Value.ToByteArray()),
            ("$number", number),
            ("$name", document.Name),
            ("$folder", document.Folder),
            ("$tags", JsonSerializer.Serialize(document.Tags)),
            ("$date", document.Date?.ToString(DateFormat, CultureInfo.InvariantCulture)),
            ("$language", document.Language))!;
        WriteTerms(connection, row, terms);
        return row;
    }

    /// <summary>Replaces a revision's terms.</summary>
    public static void WriteTerms(SqliteConnection connection, long row, byte[] terms) =>
        connection.Execute("INSERT OR REPLACE INTO terms VALUES ($revision, $bytes)", ("$revision", row), ("$bytes", terms));

    /// <summary>A revision's terms.</summary>
    public static byte[] ReadTerms(SqliteConnection connection, long row) =>
        (byte[])connection.Scalar("SELECT bytes FROM terms WHERE revision = $revision", ("$revision", row))!;

    /// <summary>Deletes a document's revisions from one number on and below another, with all that is theirs; returns how many.</summary>
    public static int Delete(SqliteConnection connection, DocumentId document, long from, long below)
    {
        var rows = new List<long>();
        using (var command = connection.Command(
            "SELECT id FROM revision WHERE document = $document AND number >= $from AND number < $below",
            ("$document", document.Value.ToByteArray()),
            ("$from", from),
            ("$below", below)))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add(reader.GetInt64(0));
            }
        }

        foreach (var row in rows)
        {
            ChunkRows.Delete(connection, row);
            connection.Execute("DELETE FROM terms WHERE revision = $row", ("$row", row));
            connection.Execute("DELETE FROM revision WHERE id = $row", ("$row", row));
        }

        return rows.Count;
    }

    /// <summary>Whether a document has a revision below a number.</summary>
    public static bool Any(SqliteConnection connection, DocumentId document, int below) => connection.Scalar(
        "SELECT 1 FROM revision WHERE document = $document AND number < $below",
        ("$document", document.Value.ToByteArray()),
        ("$below", below)) is not null;

    /// <summary>A document's newest revision; null where it has none.</summary>
    public static long? FindNewest(SqliteConnection connection, DocumentId document) => (long?)connection.Scalar(
        "SELECT id FROM revision WHERE document = $document ORDER BY number DESC LIMIT 1",
        ("$document", document.Value.ToByteArray()));

    /// <summary>The fields of a document's newest revision; empty where it has none.</summary>
    public static List<StoredDocument> Find(SqliteConnection connection, DocumentId document)
    {
        using var command = connection.Command(
            $"SELECT {Columns} FROM revision WHERE document = $document ORDER BY number DESC LIMIT 1", ("$document", document.Value.ToByteArray()));
        using var reader = command.ExecuteReader();
        return reader.Read() ? [Read(reader).Document] : [];
    }

    /// <summary>Each document's newest revision. It was written with vectors or without: its first chunk tells.</summary>
    public static List<StoredRevision> List(SqliteConnection connection)
    {
        using var command = connection.Command(
            $"""
            SELECT document, number, NOT EXISTS (SELECT 1 FROM chunk WHERE id = revision.id * {RevisionChunks.Most})
                OR EXISTS (SELECT 1 FROM vector WHERE chunk = revision.id * {RevisionChunks.Most})
            FROM revision WHERE {Newest}
            """);
        using var reader = command.ExecuteReader();
        var all = new List<StoredRevision>();
        while (reader.Read())
        {
            all.Add(new StoredRevision(new DocumentId(new Guid(reader.GetFieldValue<byte[]>(0))), reader.GetInt32(1), reader.GetBoolean(2)));
        }

        return all;
    }

    /// <summary>Each document's newest revision with its terms, in the order they were written.</summary>
    public static IEnumerable<(IndexedRevision Revision, byte[] Terms)> ReadNewest(SqliteConnection connection)
    {
        using var command = connection.Command(
            $"SELECT {Columns}, bytes FROM revision JOIN terms ON terms.revision = revision.id WHERE {Newest} ORDER BY revision.id");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (Read(reader), reader.GetFieldValue<byte[]>(8));
        }
    }

    /// <summary>Every revision, newest or not.</summary>
    public static List<IndexedRevision> ReadAll(SqliteConnection connection)
    {
        using var command = connection.Command($"SELECT {Columns} FROM revision ORDER BY id");
        using var reader = command.ExecuteReader();
        var all = new List<IndexedRevision>();
        while (reader.Read())
        {
            all.Add(Read(reader));
        }

        return all;
    }

    private static IndexedRevision Read(SqliteDataReader reader)
    {
        var document = new StoredDocument(new DocumentId(new Guid(reader.GetFieldValue<byte[]>(2))), reader.GetString(3))
        {
            Folder = reader.GetString(4),
            Tags = JsonSerializer.Deserialize<string[]>(reader.GetString(5))!,
            Date = reader.IsDBNull(6) ? null : DateOnly.ParseExact(reader.GetString(6), DateFormat, CultureInfo.InvariantCulture),
            Language = reader.IsDBNull(7) ? null : reader.GetString(7),
        };
        return new IndexedRevision(reader.GetInt64(0), document, reader.GetInt32(1));
    }
}
