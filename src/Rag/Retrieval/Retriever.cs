using System.Diagnostics;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Explaining;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Reranking;
using Tessera.Rag.Telemetry;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// A question → expanders → embedder, where there is one → the store → the domain's ranker; the best that differ are read again by a cross-encoder,
/// where there is one. Safe for concurrent use.
/// </summary>
/// <param name="clock">Measures what a cross-encoder takes; null: the system's.</param>
public sealed class Retriever(TimeProvider? clock = null)
{
    /// <summary>How many chunks a ranker looks at, names are learned from, and duplicates are sought among.</summary>
    internal const int Candidates = 200;

    // Where most of the candidates say the same, so many more are looked at until enough differ.
    private const int Deeper = 5;

    private readonly Reranker _reranker = new(clock ?? TimeProvider.System);

    /// <summary>
    /// The passages that match best and say different things, best first, each with what speaks for it and what is folded under it; fewer than asked for
    /// where no more match, or where all others among the 1,000 best say the same.
    /// </summary>
    public async Task<IReadOnlyList<Candidate>> SearchAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken) =>
        await WithSectionsAsync(
            (await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false)).Passages, workspace, query, cancellationToken).ConfigureAwait(false);

    /// <summary>The same passages in the same order as a search finds them, with why each stands where it does.</summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="nameOf">The name of a document that the search found.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<SearchExplanation> ExplainAsync(
        DomainWorkspace workspace, RetrievalQuery query, Func<DocumentId, string> nameOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        var started = Stopwatch.GetTimestamp();
        var (search, ranker, ranked, reranking) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (request, candidates) = search;

        var words = await SearchedWords.OfAsync(request, TextAnalyzer.For(workspace.Roles.Profile.Analysis), workspace.Store, cancellationToken)
            .ConfigureAwait(false);
        var weights = candidates.Count > 0 ? ranker?.WeightsFor(search) : null;
        var passages = new SearchExplainer(words, request.Translation, nameOf).Explain(candidates, ranked, weights);
        return new SearchExplanation(query.Setup, weights is not null, candidates.Count, elapsed, words.Asked, passages) { Reranking = reranking };
    }

    private async Task<Found> FindAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(query);
        using var retrieval = EngineTelemetry.Retrieval(workspace.Roles.Profile.Id);
        var models = workspace.Roles.Models;
        var ranker = query.Setup.Ranker ? models.Ranker : null;
        var embedder = query.Setup.Vectors ? workspace.Embedder : null;
        var request = await CandidateSearch.RequestAsync(
            query.Text, Math.Max(query.Top, Candidates), query.Setup.Promises ? models.Translation : null, embedder, cancellationToken).ConfigureAwait(false) with
        {
            Filter = query.Filter, Background = query.Background, Expansions = await ExpandAsync(workspace, query, cancellationToken).ConfigureAwait(false),
        };
        var search = await CandidateSearch.RunAsync(
            workspace.Store, request, embedder, TextAnalyzer.For(workspace.Roles.Profile.Analysis), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            using var span = EngineTelemetry.Span("tessera.rank");
            var ranked = ranker?.Rank(search, search.Candidates.Count) ?? search.Candidates;
            var differing = new DuplicateFold(query.Folded, workspace.Roles.Profile.Analysis).Fold(ranked, Math.Max(query.Top * DocumentShare.LookAhead, Reranker.Depth));
            if (differing.Count >= query.Top || search.Candidates.Count < search.Request.Top || search.Request.Top >= SearchRequest.Most)
            {
                var (passages, outcome) = await PickAsync(workspace, query, search.Candidates, differing, cancellationToken).ConfigureAwait(false);
                return new Found(search, ranker, passages, outcome);
            }

            span?.Stop();
            request = search.Request with { Top = Math.Min(search.Request.Top * Deeper, SearchRequest.Most) };
            search = new CandidateSearch(request, await CandidateSearch.FindAsync(workspace.Store, request, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<IReadOnlyList<Candidate>> WithSectionsAsync(
        IReadOnlyList<Candidate> passages, DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        var read = new List<Candidate>(passages.Count);
        foreach (var passage in passages)
        {
            read.Add(query.Sections ? await Surroundings.AddAsync(passage, workspace.Store, cancellationToken).ConfigureAwait(false) : passage);
        }

        return read;
    }

    // The part that names the document asks for no wording.
    private static async Task<IReadOnlyList<QueryTerm>> ExpandAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        var asked = NamingPart.Without(query.Text).ToString();
        var expansions = new List<QueryTerm>();
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        return expansions;
    }

    private async Task<(IReadOnlyList<Candidate> Passages, RerankingOutcome? Outcome)> PickAsync(
        DomainWorkspace workspace, RetrievalQuery query, IReadOnlyList<Candidate> candidates, IReadOnlyList<Candidate> differing, CancellationToken cancellationToken)
    {
        RerankingOutcome? outcome = null;
        if (query.Setup.Reranker && differing.Count > 0 && workspace.Scorer is { } scorer)
        {
            (differing, outcome) = await _reranker.OrderAsync(scorer, query.Text, differing, cancellationToken).ConfigureAwait(false);
        }

        var isNamed = query.Filter is { Documents.Count: > 0 } || NamingPart.LengthIn(query.Text) > 0 || Ranker.IsNamed(query.Text, candidates);
        return (isNamed ? [.. differing.Take(query.Top)] : DocumentShare.Pick([.. differing.Take(query.Top * DocumentShare.LookAhead)], query.Top), outcome);
    }

    // The search, what ordered what it found, what is shown, and what became of its second reading.
    private sealed record Found(CandidateSearch Search, Ranker? Ranker, IReadOnlyList<Candidate> Passages, RerankingOutcome? Reranking);
}
