using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Chunks as rows. Their ids are made of their revision's row and their number, so that a revision is one range.</summary>
internal static class ChunkRows
{
    private const string Columns = "ordinal, text, path, page, start, \"end\", tags";
    private const string Values = "(SELECT \"values\" FROM vector WHERE vector.chunk = chunk.id)";

    /// <summary>Writes a revision's chunks, numbered from 0.</summary>
    public static void Insert(SqliteConnection connection, long revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        using var row = connection.Command($"INSERT INTO chunk (id, {Columns}) VALUES ($id, $ordinal, $text, $path, $page, $start, $end, $tags)");
        var values = Array.ConvertAll(
            ["$id", "$ordinal", "$text", "$path", "$page", "$start", "$end", "$tags"], name => row.Parameters.AddWithValue(name, null));
        using var vector = connection.Command("INSERT INTO vector VALUES ($chunk, $values)", ("$chunk", null), ("$values", null));
        for (var number = 0; number < chunks.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = chunks[number].Chunk;
            var id = IdOf(revision, number);
            object?[] columns = [id, chunk.Ordinal, chunk.Text, chunk.Path, chunk.Page, chunk.Start, chunk.End, TagsOf(chunk)];
            for (var i = 0; i < columns.Length; i++)
            {
                values[i].Value = columns[i] ?? DBNull.Value;
            }

            row.ExecuteNonQuery();
            if (!chunks[number].Vector.IsEmpty)
            {
                vector.Parameters[0].Value = id;
                vector.Parameters[1].Value = MemoryMarshal.AsBytes(chunks[number].Vector.Span).ToArray();
                vector.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Deletes a revision's chunks and vectors.</summary>
    public static void Delete(SqliteConnection connection, long revision)
    {
        (string, object?)[] range = [("$from", IdOf(revision, 0)), ("$to", IdOf(revision + 1, 0))];
        connection.Execute("DELETE FROM chunk WHERE id >= $from AND id < $to", range);
        connection.Execute("DELETE FROM vector WHERE chunk >= $from AND chunk < $to", range);
    }

    /// <summary>A revision's chunks in their order, from one on and at most so many.</summary>
    public static IEnumerable<Chunk> Read(SqliteConnection connection, long revision, DocumentId document, int first, int count)
    {
        var end = (int)Math.Min((long)first + count, RevisionChunks.Most);
        using var command = connection.Command(
            $"SELECT {Columns} FROM chunk WHERE id >= $from AND id < $to ORDER BY id",
            ("$from", IdOf(revision, Math.Min(first, RevisionChunks.Most))),
            ("$to", IdOf(revision, end)));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Read(reader, document);
        }
    }

    /// <summary>A revision's vectors in the order of its chunks; an empty one where a chunk has none.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> ReadVectors(SqliteConnection connection, long revision)
    {
        using var command = connection.Command(
            $"SELECT {Values} FROM chunk WHERE id >= $from AND id < $to ORDER BY id",
            ("$from", IdOf(revision, 0)),
            ("$to", IdOf(revision + 1, 0)));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return VectorOf(reader, 0);
        }
    }

    /// <summary>A revision's chunks in their order, as they were written.</summary>
    public static IEnumerable<EmbeddedChunk> ReadEmbedded(SqliteConnection connection, long revision, DocumentId document) =>
        Read(connection, revision, document, 0, RevisionChunks.Most).Zip(ReadVectors(connection, revision), (chunk, vector) => new EmbeddedChunk(chunk, vector));

    /// <summary>Refuses vectors of another width than those that the file has.</summary>
    public static void RequireWidth(SqliteConnection connection, IEnumerable<EmbeddedChunk> chunks)
    {
        if (chunks.FirstOrDefault(chunk => !chunk.Vector.IsEmpty) is { } first
            && connection.Scalar("SELECT length(\"values\") FROM vector LIMIT 1") is long bytes)
        {
            VectorWidth.Require(first.Vector.Length, (int)bytes / sizeof(float));
        }
    }

    /// <summary>What was found, with its text and its exact likeness to a question; in the order given.</summary>
    public static IEnumerable<FoundChunk> Find(SqliteConnection connection, IEnumerable<Hit> hits, ReadOnlyMemory<float> question)
    {
        var wanted = new OrderedDictionary<long, Hit>();
        foreach (var hit in hits)
        {
            wanted.Add(IdOf(hit.Revision.Row, hit.Chunk), hit);
        }

        // All in one query: one for each costs more than the reading.
        var found = new Dictionary<long, FoundChunk>(wanted.Count);
        using var command = connection.Command(
            $"SELECT {Columns}, {Values}, id FROM chunk WHERE id IN (SELECT value FROM json_each($ids))", ("$ids", JsonSerializer.Serialize(wanted.Keys)));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (id, hit) = (reader.GetInt64(8), wanted[reader.GetInt64(8)]);
            found[id] = new FoundChunk(hit, Read(reader, hit.Revision.Document.Id), LikenessOf(reader, 7, question.Span));
        }

        return wanted.Keys.Select(id => found.TryGetValue(id, out var chunk) ? chunk : throw new InvalidDataException("The index names a chunk that is not stored."));
    }

    private static long IdOf(long revision, int number) => (revision * RevisionChunks.Most) + number;

    private static ReadOnlyMemory<float> VectorOf(SqliteDataReader reader, int column) => ValuesOf(reader, column).ToArray();

    private static float? LikenessOf(SqliteDataReader reader, int column, ReadOnlySpan<float> question) =>
        ValuesOf(reader, column) is { IsEmpty: false } vector && !question.IsEmpty ? TensorPrimitives.Dot(question, vector) : null;

    // Until the next row is read: SQLite's own memory, which the reader would copy. Empty where there is none.
    private static ReadOnlySpan<float> ValuesOf(SqliteDataReader reader, int column) =>
        MemoryMarshal.Cast<byte, float>(raw.sqlite3_column_blob(reader.Handle!, column));

    private static string? TagsOf(Chunk chunk) => chunk.Tags.Count == 0 ? null : JsonSerializer.Serialize(chunk.Tags);

    private static Chunk Read(SqliteDataReader reader, DocumentId document) => new(
        document,
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetInt32(3),
        reader.GetInt32(4),
        reader.GetInt32(5))
    {
        Tags = reader.IsDBNull(6) ? SectionTags.None : JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(6))!,
    };
}
