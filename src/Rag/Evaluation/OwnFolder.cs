using System.Globalization;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// Documents and questions of one's own: <c>documents/</c> with files of any kind that the reader takes, in folders or not, and
/// <c>questions.jsonl</c> as golden sets have it; a document is named by its path below <c>documents/</c>. A passage answers a question when it
/// comes from the document that the question names and holds the words that it expects.
/// </summary>
internal sealed class OwnFolder
{
    // More at once help nobody.
    private const int MostComplaints = 10;

    private readonly IReadOnlyList<(string Path, string Name)> _documents;
    private readonly IReadOnlyList<(int Line, GoldenCase Case)> _cases;

    private OwnFolder(IReadOnlyList<(string Path, string Name)> documents, IReadOnlyList<(int Line, GoldenCase Case)> cases) =>
        (_documents, _cases) = (documents, cases);

    /// <exception cref="EvaluationDataException">Something is missing or not as it must be.</exception>
    public static OwnFolder Read(string folder)
    {
        var (documents, questions) = (Path.Combine(folder, "documents"), Path.Combine(folder, "questions.jsonl"));
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!Directory.Exists(documents) && !File.Exists(questions))
        {
            throw new EvaluationDataException(
                $"{name} has neither corpus.jsonl, as sets in the layout of BEIR do, nor documents/ and questions.jsonl. docs/evaluation.md tells how either looks.");
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        var files = Directory.Exists(documents)
            ? Directory.EnumerateFiles(documents, "*", options)
                .Select(path => (path, Path.GetRelativePath(documents, path).Replace('\\', '/'))).OrderBy(x => x.Item2, StringComparer.Ordinal).ToList()
            : [];
        if (files.Count == 0)
        {
            throw new EvaluationDataException($"{name} has no file in documents/. Put there what the questions are about.");
        }

        if (!File.Exists(questions))
        {
            throw new EvaluationDataException($"{name} has no questions.jsonl beside documents/. Write one case a line: {{\"question\": …, \"document\": …, \"expect\": …}}.");
        }

        var cases = GoldenQuestions.Read(questions, files.Select(x => x.Item2).ToHashSet());
        return cases.Count > 0 ? new OwnFolder(files, cases) : throw new EvaluationDataException("questions.jsonl has no question. Write one case a line.");
    }

    /// <summary>Reads and indexes every document.</summary>
    /// <exception cref="EvaluationDataException">A document cannot be read.</exception>
    public async Task<ScratchCorpus> IndexAsync(
        DomainWorkspace workspace, IDocumentReader reader, string entries, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var corpus = new ScratchCorpus();
        Directory.CreateDirectory(entries);
        foreach (var (number, (path, name)) in _documents.Index())
        {
            progress?.Report((double)number / _documents.Count);
            var document = new StoredDocument(corpus.DocumentOf(name), name);
            await ScratchDocument.IndexAsync(workspace, reader, document, path, entries, cancellationToken).ConfigureAwait(false);
            corpus.Add(name, await workspace.Store.ReadAsync(document.Id, cancellationToken).ConfigureAwait(false));
        }

        return corpus;
    }

    /// <summary>What is asked, what is relevant and what is right, by the questions' lines.</summary>
    /// <exception cref="EvaluationDataException">Expected words stand in no passage; the message names the lines.</exception>
    public (IReadOnlyList<BeirQuery>, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>, IReadOnlyDictionary<string, GoldAnswer>) Judge(ScratchCorpus corpus)
    {
        var queries = new List<BeirQuery>();
        var judgments = new Dictionary<string, IReadOnlyDictionary<string, int>>();
        var gold = new Dictionary<string, GoldAnswer>();
        var complaints = new List<string>();
        foreach (var (line, golden) in _cases)
        {
            var id = line.ToString(CultureInfo.InvariantCulture);
            queries.Add(new BeirQuery(id, golden.Question, golden.Document));
            var found = golden.Document is { } document
                ? corpus.ChunksOf(document).Select(chunk => (Chunk: chunk, Places: golden.FindIn(chunk.Text).ToList())).Where(x => x.Places.Count > 0).ToList()
                : [];
            if (found.Count > 0)
            {
                judgments[id] = found.ToDictionary(x => corpus.IdOf(x.Chunk), _ => 1);
            }
            else if (!golden.Refuse)
            {
                complaints.Add($"questions.jsonl, line {id}: {Missing(golden, corpus.ChunksOf(golden.Document!))}");
            }

            var spans = found.SelectMany(x => x.Places, (x, place) => new GoldSpan(x.Chunk.Document, x.Chunk.Start + place.Start, x.Chunk.Start + place.End));
            gold[id] = new GoldAnswer(!golden.Refuse, golden.Refuse ? [] : [golden.Expect!], [.. spans.Distinct()]);
        }

        return complaints.Count == 0 ? (queries, judgments, gold) : throw new EvaluationDataException(
            string.Join('\n', complaints.Take(MostComplaints)) + (complaints.Count > MostComplaints ? $"\nand {complaints.Count - MostComplaints} more." : ""));
    }

    private static string Missing(GoldenCase golden, IReadOnlyList<Chunk> chunks) =>
        golden.FindIn(string.Join(' ', chunks.Select(chunk => chunk.Text))).Any()
            ? $"'{golden.Expect}' stands in '{golden.Document}' but is cut between two passages. Expect fewer words, from one paragraph."
            : $"'{golden.Expect}' is not in what was read of '{golden.Document}'. Copy words as they stand there; case and white space do not count.";
}
