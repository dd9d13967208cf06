using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Folding;

namespace Tessera.Rag.Answers;

/// <summary>What somebody asks of a domain.</summary>
/// <param name="Text">The question as it was asked.</param>
public sealed record Question(string Text)
{
    /// <summary>Only these documents may answer; null: all of the domain's.</summary>
    public SearchFilter? Filter { get; init; }

    /// <summary>What was asked and answered before in the same conversation, oldest first.</summary>
    public IReadOnlyList<Turn> Earlier { get; init; } = [];

    /// <summary>The search for what answers it. What only nearly says the same may say the opposite: it stands by itself.</summary>
    internal RetrievalQuery Search => new(Text, SentenceRanking.Passages)
    {
        Filter = Filter, Background = FollowUp.Background(this), Folded = FoldedPassages.Same, Sections = true,
    };
}
