using Tessera.Rag.Retrieval.Explaining;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>A passage and what speaks for it, as callers see it.</summary>
/// <param name="Page">1-based; null where the format has no pages.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset of the text in the document's text, UTF-16 code units.</param>
/// <param name="Score">As a search gives it; comparable within one search only.</param>
/// <param name="Rank">Its place, from 1.</param>
/// <param name="CandidateRank">Its place by the weighted sum of its signals, before a ranker ordered.</param>
/// <param name="CandidateScore">That sum.</param>
/// <param name="Total">What the parts sum up to: above the mean of all candidates where a ranker ordered, else the score.</param>
/// <param name="Parts">What each signal adds: <c>signal</c>, <c>value</c> in deviations, <c>contribution</c>.</param>
/// <param name="Held">The searched words that it holds.</param>
/// <param name="Promises">Words of the question that other words of it promise, with these.</param>
/// <param name="Marks">Where these words stand in the text, UTF-16 code units from its start.</param>
/// <param name="Reread">What a reranker scored it; null: none did.</param>
/// <param name="Duplicates">Others that were found and say the same, or nearly: folded under it, the best first.</param>
/// <param name="Why">The same as a sentence.</param>
public sealed record ExplainedPassageView(
    Guid DocumentId,
    string DocumentName,
    int? Page,
    string Path,
    int Start,
    int End,
    string Text,
    double Score,
    int Rank,
    int CandidateRank,
    double CandidateScore,
    double Total,
    IReadOnlyList<SignalPart> Parts,
    IReadOnlyList<HeldWord> Held,
    IReadOnlyList<PromisedWord> Promises,
    IReadOnlyList<WordMark> Marks,
    double? Reread,
    IReadOnlyList<DuplicateView> Duplicates,
    string Why)
{
    internal static ExplainedPassageView Of(ExplainedPassage passage, Func<DocumentId, FoundDocument> documentOf) => new(
        passage.Chunk.Document.Value,
        documentOf(passage.Chunk.Document).Name,
        passage.Chunk.Page,
        passage.Chunk.Path,
        passage.Chunk.Start,
        passage.Chunk.End,
        passage.Chunk.Text,
        passage.Score,
        passage.Rank,
        passage.CandidateRank,
        passage.CandidateScore,
        passage.Total,
        passage.Parts,
        passage.Held,
        passage.Promises,
        passage.Marks,
        passage.Reread,
        [.. passage.Duplicates.Select(x => DuplicateView.Of(x, documentOf(x.Chunk.Document)))],
        PassageReason.Of(passage));
}
