using Tessera.Rag.Answers;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// A domain's own test: <c>documents/</c> and <c>questions.jsonl</c>, a case a line with <c>question</c> and either <c>document</c> and
/// <c>expect</c>, or <c>refuse</c>. It runs the whole road: reader, chunker, store, search, answer.
/// </summary>
public sealed class GoldenSet
{
    private const long MostBytes = 1 << 20;

    private readonly IReadOnlyList<string> _documents;
    private readonly IReadOnlyList<GoldenCase> _cases;

    private GoldenSet(IReadOnlyList<string> documents, IReadOnlyList<GoldenCase> cases) => (_documents, _cases) = (documents, cases);

    /// <exception cref="EvaluationDataException">Something is missing or not as it must be, with the line.</exception>
    public static GoldenSet Read(string folder)
    {
        var questions = Path.Combine(folder, "questions.jsonl");
        var documents = Path.Combine(folder, "documents");
        if (!File.Exists(questions) || !Directory.Exists(documents))
        {
            throw new EvaluationDataException("A golden set has 'questions.jsonl' and 'documents/'.");
        }

        if (new FileInfo(questions).Length > MostBytes)
        {
            throw new EvaluationDataException("questions.jsonl is longer than 1 MB.");
        }

        var names = Directory.EnumerateFiles(documents).Order(StringComparer.Ordinal).ToList();
        var cases = GoldenQuestions.Read(questions, names.Select(path => Path.GetFileName(path)).ToHashSet());
        return new GoldenSet(names, [.. cases.Select(line => line.Case)]);
    }

    /// <summary>Runs every case in a store of its own below <paramref name="scratchFolder"/>, an existing empty folder that the caller deletes.</summary>
    /// <exception cref="EvaluationDataException">A document of the set cannot be read.</exception>
    public async Task<GoldenOutcome> RunAsync(
        DomainRoles roles, IDocumentReader reader, string scratchFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(reader);
        using var stores = new SqliteChunkStores(Path.Combine(scratchFolder, "chunks"));
        var tenant = new TenantId(Guid.NewGuid());
        var workspace = new DomainWorkspace(tenant, roles, stores.Open(tenant, roles.Profile, roles.Models.Embedder?.Model))
        {
            Embedder = roles.Models.Embedder?.Generator,
        };
        var names = await IngestAsync(workspace, reader, scratchFolder, cancellationToken).ConfigureAwait(false);

        var failures = new List<string>();
        var pipeline = new AnswerPipeline(new Retriever(), TimeProvider.System);
        foreach (var golden in _cases)
        {
            var answer = await AnswerEvaluation.AskAsync(pipeline, workspace, new Question(golden.Question), cancellationToken).ConfigureAwait(false);
            if (Complaint(golden, answer, names) is { } complaint)
            {
                failures.Add($"'{golden.Question}': {complaint}");
            }
        }

        return new GoldenOutcome(_cases.Count - failures.Count, _cases.Count, failures);
    }

    private async Task<Dictionary<DocumentId, string>> IngestAsync(
        DomainWorkspace workspace, IDocumentReader reader, string scratchFolder, CancellationToken cancellationToken)
    {
        var names = new Dictionary<DocumentId, string>();
        var entries = Directory.CreateDirectory(Path.Combine(scratchFolder, "entries")).FullName;
        foreach (var path in _documents)
        {
            var document = new StoredDocument(new DocumentId(Guid.NewGuid()), Path.GetFileName(path));
            await ScratchDocument.IndexAsync(workspace, reader, document, path, entries, cancellationToken).ConfigureAwait(false);
            names[document.Id] = document.Name;
        }

        return names;
    }

    private static string? Complaint(GoldenCase golden, Answer answer, Dictionary<DocumentId, string> names)
    {
        if (answer.Status == AnswerStatus.Refused)
        {
            return golden.Refuse ? null : $"refused, where '{golden.Expect}' was expected.";
        }

        if (golden.Refuse)
        {
            return "answered, where a refusal was expected.";
        }

        return answer.Citations.Any(citation => names[citation.Document] == golden.Document && golden.FindIn(citation.Quote).Any())
            ? null
            : $"no quote of '{golden.Document}' holds '{golden.Expect}'.";
    }
}
