namespace Tessera.Rag.Retrieval;

/// <summary>What takes part in a search, so that two ways to search can be compared. What is left out neither finds passages nor orders them.</summary>
/// <param name="Id">As requests and commands name it.</param>
/// <param name="Name">As people read it.</param>
public sealed record RetrievalSetup(string Id, string Name)
{
    /// <summary>As the domain is.</summary>
    public static RetrievalSetup Configured { get; } = new("configured", "As configured");

    /// <summary>All signals, summed up as for a domain that learned no order.</summary>
    public static RetrievalSetup NoRanker { get; } = new("no-ranker", "No ranker") { Ranker = false };

    /// <summary>Without the domain's translation model.</summary>
    public static RetrievalSetup NoPromises { get; } = new("no-promises", "No promises") { Promises = false };

    /// <summary>Without vectors.</summary>
    public static RetrievalSetup NoVectors { get; } = new("no-vectors", "No vectors") { Vectors = false };

    /// <summary>Without the model that reads the first passages again.</summary>
    public static RetrievalSetup NoReranker { get; } = new("no-reranker", "No reranker") { Reranker = false };

    /// <summary>Nothing learned: words, their pieces, titles and whole documents.</summary>
    public static RetrievalSetup Lexical { get; } = new("lexical", "Lexical") { Promises = false, Vectors = false, Ranker = false, Reranker = false };

    /// <summary>All there are.</summary>
    public static IReadOnlyList<RetrievalSetup> All { get; } = [Configured, NoRanker, NoPromises, NoVectors, NoReranker, Lexical];

    /// <summary>Whether the domain's translation model takes part, where it has one.</summary>
    public bool Promises { get; init; } = true;

    /// <summary>Whether vectors take part, where there is an embedder.</summary>
    public bool Vectors { get; init; } = true;

    /// <summary>Whether the domain's ranker takes part, where it has one.</summary>
    public bool Ranker { get; init; } = true;

    /// <summary>Whether a cross-encoder reads the first passages again, where one is installed.</summary>
    public bool Reranker { get; init; } = true;

    /// <summary>The setup of that id, or null.</summary>
    public static RetrievalSetup? Find(string id) => All.FirstOrDefault(setup => setup.Id == id);
}
