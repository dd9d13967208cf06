using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;

namespace Tessera.Rag.Evaluation;

/// <summary>What to evaluate, and how.</summary>
/// <param name="Folder">The set's folder.</param>
/// <param name="Roles">The domain whose analysis and expanders search.</param>
public sealed record RetrievalRun(string Folder, DomainRoles Roles)
{
    /// <summary>Where a TREC run file is written; null: nowhere.</summary>
    public string? RunFile { get; init; }

    /// <summary>Passages a query, 1 to 1,000. Default: 100.</summary>
    public int Top { get; init; } = 100;

    /// <summary>What takes part in the searches. Default: all that the domain has.</summary>
    public RetrievalSetup Setup { get; init; } = RetrievalSetup.Configured;

    /// <summary>A setup to compare with; null: none.</summary>
    public RetrievalSetup? Against { get; init; }

    /// <summary>Reads the documents of a folder of one's own; null: such folders are not taken.</summary>
    public IDocumentReader? Reader { get; init; }

    /// <summary>Limits each query to the document it names. Default: the whole corpus.</summary>
    public bool Scoped { get; init; }

    /// <summary>Makes the stores that the set is searched in, and which are disposed with it; null: SQLite in a folder of its own.</summary>
    public Func<IChunkStores>? Stores { get; init; }

    /// <summary>Told the share done, 0 to 1, of the documents and then of the questions, for each setup; null: nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
