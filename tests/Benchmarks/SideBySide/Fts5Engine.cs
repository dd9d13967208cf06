using Lucene.Net.Analysis.En;
using Microsoft.Data.Sqlite;
using Tessera.Rag.Evaluation;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>SQLite's own full-text index, with its BM25 and its Porter stemmer.</summary>
internal sealed class Fts5Engine : IEngine
{
    private readonly SqliteConnection connection;
    private readonly bool stops;

    /// <param name="folder">Where its file is made.</param>
    /// <param name="stops">Whether words such as "the" are left out of questions, as the other engines do.</param>
    public Fts5Engine(string folder, bool stops)
    {
        this.stops = stops;
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "fts5.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE passages USING fts5(title, text, tokenize = 'porter unicode61')";
        command.ExecuteNonQuery();
    }

    public Task BuildAsync(IReadOnlyList<BeirPassage> passages)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO passages (rowid, title, text) VALUES ($place, $title, $text)";
        var (place, title, text) = (insert.Parameters.Add("$place", SqliteType.Integer), insert.Parameters.Add("$title", SqliteType.Text), insert.Parameters.Add("$text", SqliteType.Text));
        foreach (var (number, passage) in passages.Index())
        {
            (place.Value, title.Value, text.Value) = (number, passage.Title, passage.Text);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<int>> SearchAsync(string question, int top)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid, title, text FROM passages WHERE passages MATCH $words ORDER BY rank LIMIT $top";
        command.Parameters.AddWithValue("$words", string.Join(" OR ", WordsOf(question).Select(x => $"\"{x}\"")));
        command.Parameters.AddWithValue("$top", top);
        using var reader = command.ExecuteReader();
        var found = new List<int>();
        while (reader.Read())
        {
            // The texts too, as the others read them.
            _ = (reader.GetString(1), reader.GetString(2));
            found.Add(reader.GetInt32(0));
        }

        return Task.FromResult<IReadOnlyList<int>>(found);
    }

    public void Dispose() => connection.Dispose();

    // A question of such words alone keeps them.
    private List<string> WordsOf(string question)
    {
        var words = string.Concat(question.Select(x => char.IsLetterOrDigit(x) ? x : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var left = words.FindAll(x => !stops || !EnglishAnalyzer.DefaultStopSet.Contains(x.ToLowerInvariant()));
        return left.Count > 0 ? left : words;
    }
}
