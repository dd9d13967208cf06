using System.Diagnostics;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Explaining;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// A question → expanders → embedder, where there is one → the store → the domain's ranker. Safe for concurrent use.
/// </summary>
public sealed class Retriever
{
    /// <summary>How many chunks a ranker looks at, and names are learned from.</summary>
    internal const int Candidates = 200;

    /// <summary>The passages that match best, best first, each with what speaks for it; empty where nothing matches.</summary>
    public async Task<IReadOnlyList<Candidate>> SearchAsync(DomainWorkspace workspace, RetrievalQuery query, CancellationToken cancellationToken)
    {
        var (search, ranker) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        return Ranked(query, search, ranker);
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
        var (search, ranker) = await FindAsync(workspace, query, cancellationToken).ConfigureAwait(false);
        var (request, candidates) = search;
        var ranked = Ranked(query, search, ranker);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var words = await SearchedWords.OfAsync(request, TextAnalyzer.For(workspace.Roles.Profile.Analysis), workspace.Store, cancellationToken)
            .ConfigureAwait(false);
        var weights = candidates.Count > 0 ? ranker?.WeightsFor(search) : null;
        var passages = new SearchExplainer(words, request.Translation, nameOf).Explain(candidates, ranked, weights);
        return new SearchExplanation(query.Setup, weights is not null, candidates.Count, elapsed, words.Asked, passages);
    }

    private static IReadOnlyList<Candidate> Ranked(RetrievalQuery query, CandidateSearch search, Ranker? ranker) =>
        ranker?.Rank(search, query.Top) ?? [.. search.Candidates.Take(query.Top)];

    private static async Task<(CandidateSearch Search, Ranker? Ranker)> FindAsync(
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
        var embedder = query.Setup.Vectors ? workspace.Embedder : null;
        var request = await CandidateSearch.RequestAsync(
            query.Text, Math.Max(query.Top, Candidates), query.Setup.Promises ? models.Translation : null, embedder, cancellationToken).ConfigureAwait(false) with
        {
            Filter = query.Filter, Expansions = expansions, Background = query.Background,
        };
        var analyzer = TextAnalyzer.For(workspace.Roles.Profile.Analysis);
        return (await CandidateSearch.RunAsync(workspace.Store, request, embedder, analyzer, cancellationToken).ConfigureAwait(false), query.Setup.Ranker ? models.Ranker : null);
    }
}
