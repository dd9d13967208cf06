using System.Net.Http.Headers;
using System.Text.Json;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>Makes, fetches and brings back copies of this installation's collections. A copy holds all tenants' points. Safe for concurrent use.</summary>
public sealed class QdrantSnapshots
{
    private readonly QdrantConnection _connection;
    private readonly string _prefix;

    internal QdrantSnapshots(QdrantConnection connection, string prefix) => (_connection, _prefix) = (connection, prefix);

    /// <summary>Makes a copy of each collection, which stays on the server.</summary>
    public async Task<IReadOnlyList<QdrantSnapshot>> CreateAsync(CancellationToken cancellationToken)
    {
        var made = new List<QdrantSnapshot>();
        foreach (var collection in await CollectionsAsync(_connection, _prefix, cancellationToken).ConfigureAwait(false))
        {
            if (await _connection.SendAsync(HttpMethod.Post, $"collections/{collection}/snapshots?wait=true", null, cancellationToken).ConfigureAwait(false) is { } one)
            {
                made.Add(Read(collection, one));
            }
        }

        return made;
    }

    /// <summary>The copies that the server keeps.</summary>
    public async Task<IReadOnlyList<QdrantSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        var kept = new List<QdrantSnapshot>();
        foreach (var collection in await CollectionsAsync(_connection, _prefix, cancellationToken).ConfigureAwait(false))
        {
            if (await _connection.SendAsync(HttpMethod.Get, $"collections/{collection}/snapshots", null, cancellationToken).ConfigureAwait(false) is { } all)
            {
                kept.AddRange(all.EnumerateArray().Select(one => Read(collection, one)));
            }
        }

        return kept;
    }

    /// <summary>Writes a copy's bytes.</summary>
    /// <exception cref="PermanentException"><c>chunk-server-refused</c>: there is no such copy.</exception>
    public async Task DownloadAsync(QdrantSnapshot snapshot, Stream to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var path = $"collections/{snapshot.Collection}/snapshots/{snapshot.Name}";
        using var reply = await _connection.ReplyAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccessStatusCode)
        {
            throw QdrantConnection.Refusal(reply.StatusCode, HttpMethod.Get, path);
        }

        await reply.Content.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a copy from the server; does nothing where there is none.</summary>
    public Task DeleteAsync(QdrantSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return _connection.SendAsync(HttpMethod.Delete, $"collections/{snapshot.Collection}/snapshots/{snapshot.Name}?wait=true", null, cancellationToken);
    }

    /// <summary>Makes a collection what a copy says, whatever it holds; where it is missing, it is made.</summary>
    /// <param name="collection">The collection's name.</param>
    /// <param name="open">Opens the copy's bytes, once for each try.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task RecoverAsync(string collection, Func<Stream> open, CancellationToken cancellationToken)
    {
        var path = $"collections/{collection}/snapshots/upload?wait=true&priority=snapshot";
        using var reply = await _connection.ReplyAsync(
            () =>
            {
                var file = new StreamContent(open());
                file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                return new HttpRequestMessage(HttpMethod.Post, path) { Content = new MultipartFormDataContent { { file, "snapshot", "snapshot" } } };
            },
            cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccessStatusCode)
        {
            throw QdrantConnection.Refusal(reply.StatusCode, HttpMethod.Post, path);
        }
    }

    /// <summary>The names of this installation's collections.</summary>
    internal static async Task<IReadOnlyList<string>> CollectionsAsync(QdrantConnection connection, string prefix, CancellationToken cancellationToken) =>
        await connection.SendAsync(HttpMethod.Get, "collections", null, cancellationToken).ConfigureAwait(false) is { } all
            ? [.. all.GetProperty("collections").EnumerateArray().Select(x => x.GetProperty("name").GetString()!).Where(x => x.StartsWith(prefix + "_", StringComparison.Ordinal))]
            : [];

    private static QdrantSnapshot Read(string collection, JsonElement one) => new(
        collection,
        one.GetProperty("name").GetString()!,
        one.GetProperty("size").GetInt64(),
        one.TryGetProperty("checksum", out var sum) && sum.ValueKind == JsonValueKind.String ? sum.GetString() : null);
}
