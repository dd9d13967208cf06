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

    /// <summary>Whether the folder has a corpus.</summary>
    public bool HasCorpus => PathOf(Corpus) is not null;

    /// <summary>The lines of another file of the set, such as <c>answers.jsonl</c>; none where it is missing.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="read">Reads a line; what is missing or of another kind there is told with the line's number.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EvaluationDataException">A line cannot be read.</exception>
    public IAsyncEnumerable<T> ReadLinesAsync<T>(string file, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        PathOf(file) is null ? AsyncEnumerable.Empty<T>() : ReadAsync(file, read, cancellationToken);

    /// <summary>For each query its relevant passages and their gain.</summary>
    /// <param name="isQuery">Whether there is a query of that id.</param>
    /// <param name="isPassage">Whether there is a passage of that id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EvaluationDataException">The file is missing, a line cannot be read, or it names what is not there.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> ReadJudgmentsAsync(
        Predicate<string> isQuery, Predicate<string> isPassage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isQuery);
        ArgumentNullException.ThrowIfNull(isPassage);
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

            if (!isQuery(columns[0]) || !isPassage(columns[1]))
            {
                var (kind, id, file) = isQuery(columns[0]) ? ("passage", columns[1], Corpus) : ("question", columns[0], Queries);
                throw new EvaluationDataException($"{Name}/{Judgments}, line {number}: there is no {kind} '{id}' in {file}. Correct the id or take the line out.");
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
        while (await NextAsync(reader, file, number, cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
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
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new EvaluationDataException($"{Name}/{file}, line {number}: {fault.Message}", fault);
        }
    }

    private async Task<string?> NextAsync(StreamReader reader, string file, int read, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException fault)
        {
            throw new EvaluationDataException($"{Name}/{file}.gz, behind line {read}: it is not gzip, or cut. Compress it again, or leave it uncompressed as {file}.", fault);
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

    private static string Required(JsonElement line, string name) => line.ValueKind != JsonValueKind.Object
        ? throw new KeyNotFoundException("it is no JSON object.")
        : Optional(line, name) ?? throw new KeyNotFoundException($"'{name}' is missing, or no text.");

    private static int? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    private static string? Optional(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
