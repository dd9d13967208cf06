using Tessera.Rag.Ingestion;

namespace Tessera.Rag.Evaluation;

/// <summary>What to evaluate, and how.</summary>
/// <param name="Folder">The set's folder, with <c>answers.jsonl</c>, or with documents and questions of one's own.</param>
/// <param name="Roles">The domain that answers.</param>
public sealed record AnswerRun(string Folder, DomainRoles Roles)
{
    /// <summary>Reads the documents of a folder of one's own; null: such folders are not taken.</summary>
    public IDocumentReader? Reader { get; init; }

    /// <summary>Limits each question to the document it names. Default: the whole corpus.</summary>
    public bool Scoped { get; init; }

    /// <summary>Told the share done, 0 to 1, of the documents and then of the questions; null: nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
