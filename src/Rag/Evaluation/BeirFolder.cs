using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// An evaluation set as a folder in the layout that BEIR made common: <c>corpus.jsonl.gz</c>, <c>queries.jsonl.gz</c>, <c>qrels.tsv</c> and,
/// where there are gold answers, <c>answers.jsonl.gz</c>. Files without <c>.gz</c> are read as well.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class BeirFolder(string path)
{
    private const string Corpus = "corpus.jsonl";
    private const string Queries = "queries.jsonl";
    private const string Judgments = "qrels.tsv";

    /// <summary>The folder's own name.</summary>
    public string Name { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <summary>The corpus, line by line.</summary>
    /// <exception cref="EvaluationDataException">The file is missing or a line cannot be read.</exception>
    public IAsyncEnumerable<BeirPassage> ReadCorpusAsync(CancellationToken cancellationToken) =>
        ReadAsync(Corpus, Passage, cancellationToken);

    /// <summary>The questions, line by line.</summary>
    /// <exception cref="EvaluationDataException">The file is missing or a line cannot be read.</exception>
    public IAsyncEnumerable<BeirQuery> ReadQueriesAsync(CancellationToken cancellationToken) =>
        ReadAsync(Queries, line => new BeirQuery(Required(line, "_id"), Required(line, "text"), Optional(line, "doc")), cancellationToken);

    /// <summary>The lines of another file of the set, such as <c>answers.jsonl</c>; none where it is missing.</summary>
    public IAsyncEnumerable<JsonElement> ReadLinesAsync(string file, CancellationToken cancellationToken) =>
        PathOf(file) is null ? AsyncEnumerable.Empty<JsonElement>() : ReadAsync(file, line => line.Clone(), cancellationToken);

    /// <summary>For each query its relevant passages and their gain.</summary>
    /// <exception cref="EvaluationDataException">The file is missing or a line cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> ReadJudgmentsAsync(CancellationToken cancellationToken)
    {
        var judgments = new Dictionary<string, IReadOnlyDictionary<string, int>>();
        var number = 0;
        using var reader = new StreamReader(Open(Judgments));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            var columns = line.Split('\t');
            if (line.Length == 0 || (number == 1 && columns[0] == "query-id"))
            {
                continue;
            }

            if (columns.Length != 3 || !int.TryParse(columns[2], out var gain))
            {
                throw new EvaluationDataException($"{Name}/{Judgments}, line {number}: not a query, a passage and a whole number, separated by tabs.");
            }

            if (gain > 0)
            {
                judgments.TryAdd(columns[0], new Dictionary<string, int>());
                ((Dictionary<string, int>)judgments[columns[0]])[columns[1]] = gain;
            }
        }

        return judgments;
    }

    private static BeirPassage Passage(JsonElement line) =>
        new(Required(line, "_id"), Optional(line, "title") ?? "", Required(line, "text"), Optional(line, "doc"), Number(line, "start"));

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string file, Func<JsonElement, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        using var reader = new StreamReader(Open(file));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                yield return Parse(line, read, file, number);
            }
        }
    }

    private T Parse<T>(string line, Func<JsonElement, T> read, string file, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EvaluationDataException($"{Name}/{file}, line {number}: {fault.Message}", fault);
        }
    }

    private Stream Open(string file) => PathOf(file) switch
    {
        null => throw new EvaluationDataException($"{Name} has no {file} or {file}.gz."),
        var found when found.EndsWith(".gz", StringComparison.Ordinal) =>
            new GZipStream(File.OpenRead(found), CompressionMode.Decompress),
        var found => File.OpenRead(found),
    };

    private string? PathOf(string file) =>
        new[] { file, file + ".gz" }.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists);

    private static string Required(JsonElement line, string name) =>
        line.GetProperty(name).GetString() ?? throw new KeyNotFoundException($"'{name}' is null.");

    private static int? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    private static string? Optional(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
