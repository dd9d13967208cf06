using Microsoft.Extensions.AI;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Rag.Telemetry;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// What one question finds in one store: a search, and where what was found tells that the question says a document's title, or other names for what
/// it asks, a second search that knows so.
/// </summary>
/// <param name="Request">The search as it was made at last.</param>
/// <param name="Candidates">What it found, best first.</param>
internal sealed record CandidateSearch(SearchRequest Request, IReadOnlyList<Candidate> Candidates)
{
    /// <summary>A search by all that a domain learned.</summary>
    public static async Task<SearchRequest> RequestAsync(
        string query, int top, TranslationModel? translation, IEmbeddingGenerator<string, Embedding<float>>? embedder, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(query, top) { Translation = translation, Words = WordVectors.Of(embedder), Kept = new KeptHits() };
        return await EmbedAsync(request, embedder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Searches, once or twice.</summary>
    /// <param name="store">What is searched.</param>
    /// <param name="request">The first search.</param>
    /// <param name="embedder">The embedder of <see cref="SearchRequest.Vector"/>; null: none.</param>
    /// <param name="analyzer">The store's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<CandidateSearch> RunAsync(
        IChunkStore store,
        SearchRequest request,
        IEmbeddingGenerator<string, Embedding<float>>? embedder,
        TextAnalyzer analyzer,
        CancellationToken cancellationToken)
    {
        var candidates = await FindAsync(store, request, cancellationToken).ConfigureAwait(false);
        var rest = NamedTitle.Without(request.Query, candidates, analyzer);
        var aliases = FoundAliases.Of(request.Asked, candidates, analyzer);
        if (rest is null && aliases.Count == 0)
        {
            return new CandidateSearch(request, candidates);
        }

        if (rest is not null)
        {
            request = await EmbedAsync(request with { Asked = rest }, embedder, cancellationToken).ConfigureAwait(false);
        }

        request = request with { Expansions = [.. request.Expansions, .. aliases] };
        return new CandidateSearch(request, await FindAsync(store, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>One search of the store.</summary>
    public static async Task<IReadOnlyList<Candidate>> FindAsync(IChunkStore store, SearchRequest request, CancellationToken cancellationToken)
    {
        using var span = EngineTelemetry.Span("tessera.search");
        return await store.SearchAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SearchRequest> EmbedAsync(
        SearchRequest request, IEmbeddingGenerator<string, Embedding<float>>? embedder, CancellationToken cancellationToken)
    {
        if (embedder is null)
        {
            return request;
        }

        using var span = EngineTelemetry.Span("tessera.embed");
        return request with { Vector = await EmbeddingStage.EmbedAsync(embedder, request.Asked, cancellationToken).ConfigureAwait(false) };
    }
}
