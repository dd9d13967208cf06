using Tessera.Rag.Retrieval.Reranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>A search and why it found what it found.</summary>
/// <param name="Setup">What took part.</param>
/// <param name="Ranked">Whether the domain's ranker ordered the passages; else their signals' weighted sum did.</param>
/// <param name="Candidates">How many chunks were looked at.</param>
/// <param name="Elapsed">What the search took, without its explanation.</param>
/// <param name="Words">What was searched: the question's own words in its order, then those that the domain added. Empty: it has only stop words.</param>
/// <param name="Passages">Best first.</param>
public sealed record SearchExplanation(
    RetrievalSetup Setup, bool Ranked, int Candidates, TimeSpan Elapsed, IReadOnlyList<AskedWord> Words, IReadOnlyList<ExplainedPassage> Passages)
{
    /// <summary>What became of the second reading by a cross-encoder; null: there was none.</summary>
    public RerankingOutcome? Reranking { get; init; }
}

/// <summary>A word that was searched.</summary>
/// <param name="Word">Lower case, as it stood.</param>
/// <param name="Idf">How much it tells, as <see cref="IChunkStore.WeighAsync"/> says.</param>
/// <param name="Weight">How often the question has it, or what the domain's expander gives it.</param>
/// <param name="Added">An expander of the domain added it.</param>
public sealed record AskedWord(string Word, double Idf, double Weight, bool Added);

/// <summary>A passage and what speaks for it.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Rank">Its place, from 1.</param>
/// <param name="Score">As a search gives it; comparable within one search only.</param>
/// <param name="CandidateRank">Its place by the weighted sum of its signals, from 1; the same as its rank where no ranker ordered.</param>
/// <param name="CandidateScore">That sum.</param>
/// <param name="Total">
/// What the parts sum up to. Ranked: how far it lies above the mean of all candidates, below 0 where it lies under it; the difference of two is the
/// logarithm of the ratio of their scores. Else: the score.
/// </param>
/// <param name="Parts">What each signal adds.</param>
/// <param name="Held">The words searched that it holds.</param>
/// <param name="Promises">Words of the question that other words of it promise, the strongest first.</param>
/// <param name="Marks">Where these words stand in its text, in order; none overlap.</param>
public sealed record ExplainedPassage(
    Chunk Chunk,
    int Rank,
    double Score,
    int CandidateRank,
    double CandidateScore,
    double Total,
    IReadOnlyList<SignalPart> Parts,
    IReadOnlyList<HeldWord> Held,
    IReadOnlyList<PromisedWord> Promises,
    IReadOnlyList<WordMark> Marks)
{
    /// <summary>Others that were found and are folded under it, the best first.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];

    /// <summary>What a cross-encoder scored it; null: none did.</summary>
    public double? Reread { get; init; }
}

/// <summary>What one signal adds to a passage's total.</summary>
/// <param name="Signal">Its name; <c>place</c>: where in its document the passage stands, which only a ranker looks at.</param>
/// <param name="Value">In deviations over the chunks that the search could have found; of <c>place</c> 1 / (1 + the passage's number).</param>
/// <param name="Contribution">May be below 0 where a ranker ordered.</param>
public sealed record SignalPart(string Signal, double Value, double Contribution);

/// <summary>A searched word that a passage holds.</summary>
/// <param name="Word">As <see cref="AskedWord.Word"/>.</param>
/// <param name="InTitle">It stands in the document's name or the headings.</param>
/// <param name="InText">It stands in the text.</param>
public sealed record HeldWord(string Word, bool InTitle, bool InText);

/// <summary>A word of the question that words of a passage promise.</summary>
/// <param name="Word">The question's, lower case.</param>
/// <param name="By">The passage's words, the strongest first; never the same word.</param>
public sealed record PromisedWord(string Word, IReadOnlyList<PromisingWord> By);

/// <summary>A word of a passage that promises one of the question.</summary>
/// <param name="Word">Lower case, as it stands.</param>
/// <param name="Probability">How likely it yields the question's word, by the domain's translation model.</param>
public sealed record PromisingWord(string Word, double Probability);

/// <summary>Where a word stands in a passage's text, UTF-16 code units.</summary>
/// <param name="Start">First.</param>
/// <param name="End">Behind the last.</param>
/// <param name="Promising">It promises a searched word; else it is one.</param>
public readonly record struct WordMark(int Start, int End, bool Promising);
