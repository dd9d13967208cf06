using Microsoft.Extensions.AI;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
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

        var models = workspace.Roles.Models;
        var depth = models.Ranker is null && workspace.Roles.Enrichers.Count == 0 ? top : Math.Max(top, Candidates);
        var request = await RequestAsync(query, depth, models.Translation, workspace.Embedder, cancellationToken).ConfigureAwait(false) with
        {
            Filter = filter, Expansions = expansions, Background = background,
        };
        var candidates = await workspace.Store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
        var aliases = FoundAliases.Of(asked, candidates, TextAnalyzer.For(workspace.Roles.Profile.Analysis));
        if (aliases.Count > 0)
        {
            candidates = await workspace.Store.SearchAsync(request with { Expansions = [.. expansions, .. aliases] }, cancellationToken).ConfigureAwait(false);
        }

        return [.. (models.Ranker?.Rank(query, candidates, top) ?? candidates.Take(top)).Select(x => new Passage(x.Chunk, x.Score))];
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
