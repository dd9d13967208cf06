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

    /// <summary>The passages that match best, best first, each with what speaks for it; empty where nothing matches.</summary>
    public async Task<IReadOnlyList<Candidate>> SearchAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        var (_, candidates, ranker) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        return Ranked(query, candidates, ranker);
    }

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
        var (request, candidates, ranker) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        var ranked = Ranked(query, candidates, ranker);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var words = await SearchedWords.OfAsync(request, TextAnalyzer.For(workspace.Roles.Profile.Analysis), workspace.Store, cancellationToken)
            .ConfigureAwait(false);
        var weights = candidates.Count > 0 ? ranker?.WeightsFor(query.Text, candidates) : null;
        var passages = new SearchExplainer(words, request.Translation, nameOf).Explain(candidates, ranked, weights);
        return new SearchExplanation(query.Setup, weights is not null, candidates.Count, elapsed, words.Asked, passages);
    }

    private static IReadOnlyList<Candidate> Ranked(RetrievalQuery query, IReadOnlyList<Candidate> candidates, Ranker? ranker) =>
        ranker?.Rank(query.Text, candidates, query.Top) ?? [.. candidates.Take(query.Top)];

    // The search as it was made at last, what it found, and what orders it.
    private static async Task<(SearchRequest Request, IReadOnlyList<Candidate> Candidates, Ranker? Ranker)> FindAsync(
        DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(query);

        // The part that names the document asks for no wording.
        var asked = NamingPart.Without(query.Text).ToString();
        var expansions = new List<QueryTerm>();
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        var models = workspace.Roles.Models;
        var ranker = query.Setup.Ranker ? models.Ranker : null;
        var depth = ranker is null && workspace.Roles.Enrichers.Count == 0 ? query.Top : Math.Max(query.Top, Candidates);
        var request = await RequestAsync(
            query.Text, depth, query.Setup.Promises ? models.Translation : null, query.Setup.Vectors ? workspace.Embedder : null, cancellationToken).ConfigureAwait(false) with
        {
            Filter = query.Filter, Expansions = expansions, Background = query.Background,
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
