using System.Net;
using System.Text.Json;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// One collection of the server: all tenants' points of one domain and one embedding model. Vectors of texts are <see cref="Dense"/>, made when the
/// first comes, since only then their width is known; words are <see cref="Sparse"/>. Safe for concurrent use.
/// </summary>
internal sealed class QdrantCollection(QdrantConnection connection, string name)
{
    /// <summary>The texts' vectors.</summary>
    public const string Dense = "dense";

    /// <summary>Their words.</summary>
    public const string Sparse = "words";

    // Answers of one page; a revision's terms may be some megabytes.
    private const int Page = 100;

    private static readonly (string Field, object Schema)[] Indexes =
    [
        ("tenant", new { Type = "keyword", IsTenant = true }), ("kind", "keyword"), ("document", "keyword"), ("row", "integer"), ("revision", "integer"),
        ("generation", "integer"),
    ];

    private volatile bool _made;
    private volatile int _width;

    /// <summary>Makes what is missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_made)
        {
            return;
        }

        if (await connection.SendAsync(HttpMethod.Get, Path(), null, cancellationToken).ConfigureAwait(false) is null)
        {
            // Graphs are made for each tenant alone: each is searched for itself, and none is the longer for another's points.
            await MakeAsync(
                Path(),
                new
                {
                    SparseVectors = new Dictionary<string, object> { [Sparse] = new { Modifier = "idf" } },
                    HnswConfig = new { M = 0, PayloadM = 16 },
                },
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var (field, schema) in Indexes)
        {
            await connection.SendAsync(HttpMethod.Put, Path("/index?wait=true"), new { FieldName = field, FieldSchema = schema }, cancellationToken).ConfigureAwait(false);
        }

        _made = true;
    }

    /// <summary>The width of the vectors; 0 while there are none.</summary>
    public async Task<int> WidthAsync(CancellationToken cancellationToken)
    {
        if (_width == 0 && await connection.SendAsync(HttpMethod.Get, Path(), null, cancellationToken).ConfigureAwait(false) is { } info
            && info.GetProperty("config").GetProperty("params").TryGetProperty("vectors", out var vectors)
            && vectors.ValueKind == JsonValueKind.Object && vectors.TryGetProperty(Dense, out var dense))
        {
            _width = dense.GetProperty("size").GetInt32();
        }

        return _width;
    }

    /// <summary>Makes room for vectors.</summary>
    /// <exception cref="PermanentException"><c>bad-embedder</c>: there are some of another width.</exception>
    public async Task EnsureWidthAsync(int width, CancellationToken cancellationToken)
    {
        if (await WidthAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            await MakeAsync(Path($"/vectors/{Dense}?wait=true"), new { Dense = new { Size = width, Distance = "Dot" } }, cancellationToken).ConfigureAwait(false);
        }

        VectorWidth.Require(width, await WidthAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Writes points.</summary>
    /// <param name="points">As Qdrant has them.</param>
    /// <param name="insertOnly">Whether points that are there already stay as they are.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task UpsertAsync(IReadOnlyList<object> points, bool insertOnly, CancellationToken cancellationToken) => NeedAsync(
        HttpMethod.Put, "/points?wait=true", insertOnly ? new { Points = points, UpdateMode = "insert_only" } : new { Points = points }, cancellationToken);

    /// <summary>Deletes points.</summary>
    public Task DeleteAsync(object filter, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Post, Path("/points/delete?wait=true"), new { Filter = filter }, cancellationToken);

    /// <summary>Gives points something else to carry.</summary>
    public Task OverwriteAsync(object filter, object payload, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Put, Path("/points/payload?wait=true"), new { Filter = filter, Payload = payload }, cancellationToken);

    /// <summary>Gives points something more to carry, in place of what they carry by the same name.</summary>
    public Task SetAsync(object filter, object payload, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Post, Path("/points/payload?wait=true"), new { Filter = filter, Payload = payload }, cancellationToken);

    /// <summary>Points in the order of their ids; none where there is no collection.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="payload">What of that which they carry; true: all.</param>
    /// <param name="vectors">Whether their dense vectors too.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<JsonElement> ScrollAsync(
        object filter, object payload, bool vectors, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object? offset = null;
        do
        {
            var body = new { Filter = filter, Limit = Page, Offset = offset, WithPayload = payload, WithVector = vectors ? new[] { Dense } : (object)false };
            if (await connection.SendAsync(HttpMethod.Post, Path("/points/scroll"), body, cancellationToken).ConfigureAwait(false) is not { } page)
            {
                yield break;
            }

            foreach (var point in page.GetProperty("points").EnumerateArray())
            {
                yield return point;
            }

            offset = page.TryGetProperty("next_page_offset", out var next) && next.ValueKind != JsonValueKind.Null ? next : null;
        }
        while (offset is not null);
    }

    /// <summary>What the point of a tenant with the greatest number in a field carries of some fields; null where there is none.</summary>
    public async Task<JsonElement?> LastAsync(TenantId tenant, string field, string[] payload, CancellationToken cancellationToken)
    {
        var body = new { Filter = QdrantFilter.Of(tenant), Limit = 1, OrderBy = new { Key = field, Direction = "desc" }, WithPayload = payload };
        return await SendAsync().ConfigureAwait(false) is { } page
            && page.GetProperty("points").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } point
            ? point.GetProperty("payload")
            : null;

        // An order needs an index of its field, and whoever made the collection may not have come to that, or died before.
        async Task<JsonElement?> SendAsync()
        {
            try
            {
                return await connection.SendAsync(HttpMethod.Post, Path("/points/scroll"), body, cancellationToken).ConfigureAwait(false);
            }
            catch (PermanentException) when (!_made)
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
                return await connection.SendAsync(HttpMethod.Post, Path("/points/scroll"), body, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How many points there are.</summary>
    public async Task<long> CountAsync(object filter, CancellationToken cancellationToken) =>
        await connection.SendAsync(HttpMethod.Post, Path("/points/count"), new { Filter = filter, Exact = true }, cancellationToken).ConfigureAwait(false) is { } found
            ? found.GetProperty("count").GetInt64()
            : 0;

    /// <summary>The points that a query finds; none where there is no collection.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(object query, CancellationToken cancellationToken) =>
        await connection.SendAsync(HttpMethod.Post, Path("/points/query"), query, cancellationToken).ConfigureAwait(false) is { } found
            ? [.. found.GetProperty("points").EnumerateArray()]
            : [];

    private string Path(string more = "") => $"collections/{name}{more}";

    private async Task NeedAsync(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        if (await connection.SendAsync(method, Path(path), body, cancellationToken).ConfigureAwait(false) is null)
        {
            _made = false;
            throw new TransientException("The collection was deleted meanwhile.");
        }
    }

    // Another host may make the same at once: whoever comes second is refused, and finds it made.
    private async Task MakeAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var reply = await connection.ReplyAsync(() => QdrantConnection.Request(HttpMethod.Put, path, body), cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccessStatusCode && reply.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.BadRequest))
        {
            throw QdrantConnection.Refusal(reply.StatusCode, HttpMethod.Put, path);
        }
    }
}
