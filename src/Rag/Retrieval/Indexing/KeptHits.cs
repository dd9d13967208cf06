using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>
/// What one search of a large index found beyond what it was asked for: a search for more of the same need not look at all chunks again. Belongs to one
/// question; not safe for concurrent use.
/// </summary>
internal sealed class KeptHits
{
    private SearchRequest? _request;
    private ChunkIndex? _index;
    private long _generation;
    private IReadOnlyList<Hit> _hits = [];

    /// <summary>The best of an index, out of what the request keeps where that is enough.</summary>
    public static IEnumerable<Hit> Search(ChunkIndex index, SearchRequest request, QuestionTerms terms, int top, CancellationToken cancellationToken)
    {
        if (request.Kept is not { } kept || !index.IsLarge)
        {
            return index.Search(terms, top, request.Filter, cancellationToken);
        }

        if (kept.Find(request, index) is not { } hits)
        {
            kept.Keep(request, index, hits = index.Search(terms, SearchRequest.Most, request.Filter, cancellationToken));
        }

        return hits.Take(top);
    }

    /// <summary>What is kept for a request that differs in nothing but how many it wants; null where there is nothing, or the index changed since.</summary>
    public IReadOnlyList<Hit>? Find(SearchRequest request, ChunkIndex index) =>
        ReferenceEquals(_index, index) && _generation == index.Generation && request with { Top = _request!.Top } == _request ? _hits : null;

    /// <summary>Keeps what was found, in place of what was kept before.</summary>
    public void Keep(SearchRequest request, ChunkIndex index, IReadOnlyList<Hit> hits) =>
        (_request, _index, _generation, _hits) = (request, index, index.Generation, hits);
}
