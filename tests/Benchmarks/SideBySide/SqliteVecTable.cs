using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>A table of sqlite-vec, which reads all vectors for each question.</summary>
internal sealed class SqliteVecTable : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string value;

    /// <param name="file">Of the database; new.</param>
    /// <param name="library">sqlite-vec's.</param>
    /// <param name="column">Type of the column, such as <c>float[256]</c>, and its measure.</param>
    /// <param name="value">How a vector of floats, <c>$vector</c>, becomes the column's type.</param>
    public SqliteVecTable(string file, string library, string column, string value)
    {
        this.value = value;
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        connection.LoadExtension(library);
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE VIRTUAL TABLE vectors USING vec0(vector {column})";
        command.ExecuteNonQuery();
    }

    public void Add(IReadOnlyList<float[]> vectors)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO vectors (rowid, vector) VALUES ($place, {value})";
        var (place, vector) = (insert.Parameters.Add("$place", SqliteType.Integer), insert.Parameters.Add("$vector", SqliteType.Blob));
        for (var i = 0; i < vectors.Count; i++)
        {
            (place.Value, vector.Value) = (i, BytesOf(vectors[i]));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public IReadOnlyList<int> Search(float[] question, int top)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT rowid FROM vectors WHERE vector MATCH {value} AND k = $top ORDER BY distance";
        command.Parameters.AddWithValue("$vector", BytesOf(question));
        command.Parameters.AddWithValue("$top", top);
        using var reader = command.ExecuteReader();
        var found = new List<int>();
        while (reader.Read())
        {
            found.Add(reader.GetInt32(0));
        }

        return found;
    }

    public void Dispose() => connection.Dispose();

    private static byte[] BytesOf(float[] vector) => MemoryMarshal.AsBytes(vector.AsSpan()).ToArray();
}
