using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
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
    public async Task<IReadOnlyList<Passage>> SearchAsync(
        DomainWorkspace workspace, string query, int top, SearchFilter? filter, IReadOnlyList<QueryTerm> background, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(background);

        // The part that names the document asks for no wording.
        var asked = NamingPart.Without(query).ToString();
        var expansions = new List<QueryTerm>();
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        var ranker = workspace.Roles.Models.Ranker;
        var request = new SearchRequest(query, ranker is null && workspace.Roles.Enrichers.Count == 0 ? top : Math.Max(top, Candidates))
        {
            Filter = filter,
            Expansions = expansions,
            Background = background,
            Translation = workspace.Roles.Models.Translation,
            Vector = workspace.Embedder is { } embedder
                ? await EmbeddingStage.EmbedAsync(embedder, query, cancellationToken).ConfigureAwait(false)
                : default,
        };
        var candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        var aliases = FoundAliases.Of(asked, candidates, TextAnalyzer.For(workspace.Roles.Profile.Analysis));
        if (aliases.Count > 0)
        {
            candidates = await workspace.Store.SearchAsync(request with { Expansions = [.. expansions, .. aliases] }, cancellationToken).ConfigureAwait(false);
        }

        return [.. (ranker?.Rank(candidates, top) ?? candidates.Take(top)).Select(x => new Passage(x.Chunk, x.Score))];
    }
}
