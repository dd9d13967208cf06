using System.Text.Json;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// What happened to one tenant's collection, in an order that all hosts agree on, without transactions: what happens takes the next generation by
/// inserting the one point that may have its id, and it has happened when that point is there. A host that comes second finds another's point, and
/// takes the generation after it. Points of taken generations are never deleted while others could still want them.
/// </summary>
internal sealed class QdrantLog(QdrantCollection collection, TenantId tenant, string analysis, TimeProvider clock)
{
    private const int MostTries = 100;

    // So many generations after it was emptied, nobody can be on the way to take a point's id.
    private const long Kept = 1_000;

    private static readonly string[] Token = ["token"];
    private static readonly string[] State = ["generation", "edition", "analysis"];

    /// <summary>The collection's state and how its terms were made; null before the tenant wrote anything.</summary>
    public async Task<(Stamp Stamp, string Analysis)?> StateAsync(CancellationToken cancellationToken) =>
        await collection.LastAsync(tenant, "generation", State, cancellationToken).ConfigureAwait(false) is { } last
            ? (new Stamp(last.GetProperty("generation").GetInt64(), last.GetProperty("edition").GetInt64()), last.GetProperty("analysis").GetString()!)
            : null;

    /// <summary>Begins the collection where it is missing.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await collection.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (await StateAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            // Of two that begin it at once the first stays: the id is that of generation 0. The edition tells it from one that was dropped.
            var edition = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await InsertAsync(0, First(edition), cancellationToken).ConfigureAwait(false);

            // A server that does not know how to insert only would let one host overwrite what another wrote, and say nothing.
            if (await InsertAsync(0, First(edition), cancellationToken).ConfigureAwait(false))
            {
                throw new PermanentException("chunk-server-old", "This Qdrant server overwrites points that it is told to insert only (update_mode). Take a newer one.");
            }
        }
    }

    /// <summary>Makes something happen that all hosts then see.</summary>
    /// <param name="payload">What its point carries.</param>
    /// <param name="cancellationToken">Stops before the last try; whether that arrived is not known then.</param>
    /// <returns>Its generation.</returns>
    /// <exception cref="TransientException">Another version of the domain makes terms another way by now.</exception>
    public async Task<long> PublishAsync(Dictionary<string, object?> payload, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await StateAsync(cancellationToken).ConfigureAwait(false) is not { } state)
            {
                await CreateAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (state.Analysis != analysis)
            {
                throw new TransientException("The domain was replaced by another version meanwhile.");
            }

            var generation = state.Stamp.Generation + 1;
            var mine = new Dictionary<string, object?>(payload) { ["edition"] = state.Stamp.Collection, ["analysis"] = analysis, ["token"] = Guid.NewGuid() };
            if (await InsertAsync(generation, mine, cancellationToken).ConfigureAwait(false))
            {
                return generation;
            }
        }

        throw new TransientException("Too many hosts write to the search index at once.");
    }

    /// <summary>Empties what was published before of some revisions: their points go when they are old.</summary>
    public async Task VoidAsync(object filter, long generation, CancellationToken cancellationToken)
    {
        await collection.OverwriteAsync(filter, new { Tenant = tenant.Value, Kind = "void", Until = generation }, cancellationToken).ConfigureAwait(false);
        if (generation % Kept == 0)
        {
            await collection.DeleteAsync(QdrantFilter.Of(tenant, QdrantFilter.Is("kind", "void"), QdrantFilter.Below("until", generation - Kept)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Dictionary<string, object?> First(long edition) =>
        new() { ["kind"] = "collection", ["edition"] = edition, ["analysis"] = analysis, ["token"] = Guid.NewGuid() };

    // Whether it is there: another's may have been first.
    private async Task<bool> InsertAsync(long generation, Dictionary<string, object?> payload, CancellationToken cancellationToken)
    {
        var id = QdrantPoint.IdOf(tenant, generation);
        (payload["tenant"], payload["generation"]) = (tenant.Value, generation);
        await collection.UpsertAsync([new { Id = id, Vector = new Dictionary<string, object>(), Payload = payload }], insertOnly: true, cancellationToken).ConfigureAwait(false);
        await foreach (var point in collection.ScrollAsync(QdrantFilter.Of(tenant, QdrantFilter.Ids([id])), Token, vectors: false, cancellationToken).ConfigureAwait(false))
        {
            return point.GetProperty("payload").TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String && token.GetGuid() == (Guid)payload["token"]!;
        }

        return false;
    }
}
