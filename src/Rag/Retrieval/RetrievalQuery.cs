using Tessera.Rag.Retrieval.Folding;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>What a <see cref="Retriever"/> is asked.</summary>
/// <param name="Text">Words or a question.</param>
/// <param name="Top">How many passages, 1 to 1,000.</param>
public sealed record RetrievalQuery(string Text, int Top)
{
    /// <summary>Limits the search; null: all documents of the domain.</summary>
    public SearchFilter? Filter { get; init; }

    /// <summary>Words beside the question's own: what a conversation was about before.</summary>
    public IReadOnlyList<QueryTerm> Background { get; init; } = [];

    /// <summary>What takes part. Default: all that the domain has.</summary>
    public RetrievalSetup Setup { get; init; } = RetrievalSetup.Configured;

    /// <summary>Which passages are folded under others. Default: those too that say nearly the same, as people read lists.</summary>
    public FoldedPassages Folded { get; init; } = FoldedPassages.Near;

    /// <summary>Whether the section around each passage is read. Default: no.</summary>
    public bool Sections { get; init; }
}
