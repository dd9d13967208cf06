using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tessera.Soak;

/// <summary>Looks under a host's rows: what lies there of documents that it does not know, and whether its files are sound.</summary>
internal static class Orphans
{
    /// <summary>A line for each.</summary>
    public static async Task<List<string>> FindAsync(SoakHost host, HashSet<Guid> known)
    {
        var broken = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(host.SharedFolder, "blobs"), "*", SearchOption.AllDirectories))
        {
            if (!known.Contains(Guid.ParseExact(Path.GetFileName(file).Split('.')[0], "N")))
            {
                broken.Add($"{Path.GetFileName(file)} belongs to no document");
            }
        }

        broken.AddRange(host.Owner is { } owner ? await PostgresAsync(owner, known) : Sqlite(host.DataFolder, known));
        return broken;
    }

    private static IEnumerable<string> Sqlite(string folder, HashSet<Guid> known)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories))
        {
            var isIndex = Path.GetDirectoryName(file) != folder;
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            foreach (var verdict in Read(connection, "PRAGMA integrity_check", reader => reader.GetString(0)).Where(verdict => verdict != "ok"))
            {
                yield return $"{Path.GetFileName(file)}: {verdict}";
            }

            foreach (var document in isIndex ? Read(connection, "SELECT document FROM revision", reader => new Guid(reader.GetFieldValue<byte[]>(0))) : [])
            {
                if (!known.Contains(document))
                {
                    yield return $"passages of {document} belong to no document";
                }
            }

            foreach (var sql in isIndex ? (string[])["SELECT count(*) FROM vector WHERE chunk NOT IN (SELECT id FROM chunk)", "SELECT count(*) FROM terms WHERE revision NOT IN (SELECT id FROM revision)"] : [])
            {
                if (Read(connection, sql, reader => reader.GetInt64(0)).Single() is > 0 and var count)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{count}: {sql}");
                }
            }
        }
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task<List<string>> PostgresAsync(string owner, HashSet<Guid> known)
    {
        var broken = new List<string>();
        await using var source = NpgsqlDataSource.Create(owner);
        broken.AddRange((await ReadAsync<Guid>(source, "SELECT DISTINCT document FROM chunks.revision")).Where(document => !known.Contains(document)).Select(document => $"passages of {document} belong to no document"));
        var tables = await ReadAsync<string>(source, "SELECT 'chunks.' || table_name FROM information_schema.tables WHERE table_schema = 'chunks' AND (table_name = 'chunk' OR table_name LIKE 'vector%')");
        foreach (var table in tables)
        {
            if ((await ReadAsync<long>(source, $"SELECT count(*) FROM {table} WHERE revision NOT IN (SELECT id FROM chunks.revision)")).Single() is > 0 and var count)
            {
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{count} rows of {table} belong to no revision"));
            }
        }

        return broken;
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return rows;
    }
}
