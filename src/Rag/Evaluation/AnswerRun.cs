namespace Tessera.Rag.Evaluation;

/// <summary>What to evaluate, and how.</summary>
/// <param name="Folder">The set's folder, with <c>answers.jsonl</c>.</param>
/// <param name="Roles">The domain that answers.</param>
public sealed record AnswerRun(string Folder, DomainRoles Roles)
{
    /// <summary>Limits each question to the document it names. Default: the whole corpus.</summary>
    public bool Scoped { get; init; }

    /// <summary>Told the share done, 0 to 1; null: nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
