using System.Diagnostics;
using Microsoft.Extensions.AI;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Explaining;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// A question → expanders → embedder, where there is one → the store; and again with other names for what it asks, where what was found introduces
/// some. Safe for concurrent use.
/// </summary>
public sealed class Retriever
{
    /// <summary>How many chunks a ranker looks at, and names are learned from.</summary>
    internal const int Candidates = 200;

    /// <summary>The passages that match best, best first; empty where nothing matches.</summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="query">Words or a question.</param>
    /// <param name="top">How many passages, 1 to 1,000.</param>
    /// <param name="filter">Limits the search; null: all documents of the domain.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Task<IReadOnlyList<Passage>> SearchAsync(
        DomainWorkspace workspace, string query, int top, SearchFilter? filter, CancellationToken cancellationToken) =>
        SearchAsync(workspace, query, top, filter, [], cancellationToken);

    /// <summary>As above, with words beside the question's own: what a conversation was about before.</summary>
    public Task<IReadOnlyList<Passage>> SearchAsync(
        DomainWorkspace workspace, string query, int top, SearchFilter? filter, IReadOnlyList<QueryTerm> background, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(background);
        return SearchAsync(workspace, query, top, filter, background, RetrievalSetup.Configured, cancellationToken);
    }

    /// <summary>As above, with what spoke for each passage.</summary>
    public async Task<IReadOnlyList<Candidate>> FindAsync(
        DomainWorkspace workspace, string query, int top, SearchFilter? filter, IReadOnlyList<QueryTerm> background, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(background);
        return await RankAsync(workspace, query, top, filter, background, RetrievalSetup.Configured, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As above, in a setup of its own.</summary>
    public Task<IReadOnlyList<Passage>> SearchAsync(
        DomainWorkspace workspace, string query, int top, SearchFilter? filter, RetrievalSetup setup, CancellationToken cancellationToken) =>
        SearchAsync(workspace, query, top, filter, [], setup, cancellationToken);

    /// <summary>The same passages in the same order as a search finds them, each with what speaks for it.</summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="query">Words or a question.</param>
    /// <param name="top">How many passages, 1 to 1,000.</param>
    /// <param name="filter">Limits the search; null: all documents of the domain.</param>
    /// <param name="setup">What takes part.</param>
    /// <param name="nameOf">The name of a document that the search found.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<SearchExplanation> ExplainAsync(
        DomainWorkspace workspace,
        string query,
        int top,
        SearchFilter? filter,
        RetrievalSetup setup,
        Func<DocumentId, string> nameOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        var started = Stopwatch.GetTimestamp();
        var (request, candidates, ranker) = await FindAsync(workspace, query, top, filter, [], setup, cancellationToken).ConfigureAwait(false);
        var ranked = ranker?.Rank(query, candidates, top) ?? [.. candidates.Take(top)];
        var elapsed = Stopwatch.GetElapsedTime(started);

        var words = await SearchedWords.OfAsync(request, TextAnalyzer.For(workspace.Roles.Profile.Analysis), workspace.Store, cancellationToken)
            .ConfigureAwait(false);
        var weights = candidates.Count > 0 ? ranker?.WeightsFor(query, candidates) : null;
        var passages = new SearchExplainer(words, request.Translation, nameOf).Explain(candidates, ranked, weights);
        return new SearchExplanation(setup, weights is not null, candidates.Count, elapsed, words.Asked, passages);
    }

    private static async Task<IReadOnlyList<Passage>> SearchAsync(
        DomainWorkspace workspace,
        string query,
        int top,
        SearchFilter? filter,
        IReadOnlyList<QueryTerm> background,
        RetrievalSetup setup,
        CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(workspace, query, top, filter, background, setup, cancellationToken).ConfigureAwait(false);
        return [.. ranked.Select(x => new Passage(x.Chunk, x.Score))];
    }

    private static async Task<IReadOnlyList<Candidate>> RankAsync(
        DomainWorkspace workspace,
        string query,
        int top,
        SearchFilter? filter,
        IReadOnlyList<QueryTerm> background,
        RetrievalSetup setup,
        CancellationToken cancellationToken)
    {
        var (_, candidates, ranker) = await FindAsync(workspace, query, top, filter, background, setup, cancellationToken).ConfigureAwait(false);
        return ranker?.Rank(query, candidates, top) ?? [.. candidates.Take(top)];
    }

    // The search as it was made at last, what it found, and what orders it.
    private static async Task<(SearchRequest Request, IReadOnlyList<Candidate> Candidates, Ranker? Ranker)> FindAsync(
        DomainWorkspace workspace,
        string query,
        int top,
        SearchFilter? filter,
        IReadOnlyList<QueryTerm> background,
        RetrievalSetup setup,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(setup);

        // The part that names the document asks for no wording.
        var asked = NamingPart.Without(query).ToString();
        var expansions = new List<QueryTerm>();
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        var models = workspace.Roles.Models;
        var ranker = setup.Ranker ? models.Ranker : null;
        var depth = ranker is null && workspace.Roles.Enrichers.Count == 0 ? top : Math.Max(top, Candidates);
        var request = await RequestAsync(
            query, depth, setup.Promises ? models.Translation : null, setup.Vectors ? workspace.Embedder : null, cancellationToken).ConfigureAwait(false) with
        {
            Filter = filter, Expansions = expansions, Background = background,
        };
        var candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        var aliases = FoundAliases.Of(asked, candidates, TextAnalyzer.For(workspace.Roles.Profile.Analysis));
        if (aliases.Count > 0)
        {
            request = request with { Expansions = [.. expansions, .. aliases] };
            candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return (request, candidates, ranker);
    }

    /// <summary>A search by all that a domain learned.</summary>
    internal static async Task<SearchRequest> RequestAsync(
        string query, int top, TranslationModel? translation, IEmbeddingGenerator<string, Embedding<float>>? embedder, CancellationToken cancellationToken) =>
        new(query, top)
        {
            Translation = translation,
            Vector = embedder is null ? default : await EmbeddingStage.EmbedAsync(embedder, NamingPart.Without(query).ToString(), cancellationToken).ConfigureAwait(false),
        };
}
