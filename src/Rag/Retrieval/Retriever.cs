using Microsoft.Extensions.AI;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>A question → expanders → embedder, where there is one → the store. Safe for concurrent use.</summary>
public sealed class Retriever
{
    /// <summary>How many chunks a ranker looks at.</summary>
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

        var expansions = new List<QueryTerm>(background);
        foreach (var expander in workspace.Roles.Expanders)
        {
            expansions.AddRange(await expander.ExpandAsync(query, cancellationToken).ConfigureAwait(false));
        }

        var models = workspace.Roles.Models;
        var request = await RequestAsync(query, models.Ranker is null ? top : Math.Max(top, Candidates), models.Translation, workspace.Embedder, cancellationToken).ConfigureAwait(false);
        var candidates = await workspace.Store.SearchAsync(request with { Filter = filter, Expansions = expansions }, cancellationToken).ConfigureAwait(false);
        return [.. (models.Ranker?.Rank(query, candidates, top) ?? candidates).Select(x => new Passage(x.Chunk, x.Score))];
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
