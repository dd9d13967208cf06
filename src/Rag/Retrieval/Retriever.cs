using System.Diagnostics;
using Microsoft.Extensions.AI;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Explaining;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Reranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// A question → expanders → embedder, where there is one → the store; and again with other names for what it asks, where what was found introduces
/// some; the best that differ are read again by a cross-encoder, where there is one. Safe for concurrent use.
/// </summary>
/// <param name="clock">Measures what a cross-encoder takes; null: the system's.</param>
public sealed class Retriever(TimeProvider? clock = null)
{
    /// <summary>How many chunks a ranker looks at, names are learned from, and duplicates are sought among.</summary>
    internal const int Candidates = 200;

    // Where most of the candidates say the same, so many more are looked at until enough differ.
    private const int Deeper = 5;
    private const int Deepest = 1000;

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
        var (request, candidates, ranker, ranked, reranking) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var words = await SearchedWords.OfAsync(request, TextAnalyzer.For(workspace.Roles.Profile.Analysis), workspace.Store, cancellationToken)
            .ConfigureAwait(false);
        var weights = candidates.Count > 0 ? ranker?.WeightsFor(query.Text, candidates) : null;
        var passages = new SearchExplainer(words, request.Translation, nameOf).Explain(candidates, ranked, weights);
        return new SearchExplanation(query.Setup, weights is not null, candidates.Count, elapsed, words.Asked, passages) { Reranking = reranking };
    }

    private async Task<Found> FindAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(query);
        var models = workspace.Roles.Models;
        var ranker = query.Setup.Ranker ? models.Ranker : null;
        var (asked, expansions) = await ExpandAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        var request = await RequestAsync(
            query.Text,
            Math.Max(query.Top, Candidates),
            query.Setup.Promises ? models.Translation : null,
            query.Setup.Vectors ? workspace.Embedder : null,
            cancellationToken).ConfigureAwait(false) with { Filter = query.Filter, Expansions = expansions, Background = query.Background };
        var candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        var aliases = FoundAliases.Of(asked, candidates, TextAnalyzer.For(workspace.Roles.Profile.Analysis));
        if (aliases.Count > 0)
        {
            request = request with { Expansions = [.. expansions, .. aliases] };
            candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var ranked = ranker?.Rank(query.Text, candidates, candidates.Count) ?? candidates;
            var differing = new DuplicateFold(query.Folded, workspace.Roles.Profile.Analysis).Fold(ranked, Math.Max(query.Top * DocumentShare.LookAhead, Reranker.Depth));
            if (differing.Count >= query.Top || candidates.Count < request.Top || request.Top >= Deepest)
            {
                var (passages, outcome) = await PickAsync(workspace, query, candidates, differing, cancellationToken).ConfigureAwait(false);
                return new Found(request, candidates, ranker, passages, outcome);
            }

            request = request with { Top = Math.Min(request.Top * Deeper, Deepest) };
            candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
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

    // The question without the part that names the document, which asks for no wording, and what the domain adds to it.
    private static async Task<(string Asked, IReadOnlyList<QueryTerm> Expansions)> ExpandAsync(
        DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        var asked = NamingPart.Without(query.Text).ToString();
        var expansions = new List<QueryTerm>();
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        return (asked, expansions);
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

    /// <summary>A search by all that a domain learned.</summary>
    internal static async Task<SearchRequest> RequestAsync(
        string query, int top, TranslationModel? translation, IEmbeddingGenerator<string, Embedding<float>>? embedder, CancellationToken cancellationToken) =>
        new(query, top)
        {
            Translation = translation,
            Vector = embedder is null ? default : await EmbeddingStage.EmbedAsync(embedder, NamingPart.Without(query).ToString(), cancellationToken).ConfigureAwait(false),
        };

    // The search as it was made at last, what it found, what ordered that, what is shown, and what became of its second reading.
    private sealed record Found(
        SearchRequest Request, IReadOnlyList<Candidate> Candidates, Ranker? Ranker, IReadOnlyList<Candidate> Passages, RerankingOutcome? Reranking);
}
