using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>
/// Which indexes hold a tenant's chunks of one domain. An index is named by its key: the hash of the embedder whose vectors stand in it,
/// or <see cref="WithoutVectors"/>. No row: nothing was written yet.
/// </summary>
internal sealed class DomainIndex : ITenantOwned
{
    /// <summary>The key of an index without vectors.</summary>
    public const string WithoutVectors = "";

    /// <summary>What jobs on the indexes are about: no two of them run at once.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required string Domain { get; init; }

    /// <summary>What searches see; always whole.</summary>
    public required string Active { get; set; }

    /// <summary>Documents stand in the active one without their vectors, for its embedder was not at hand.</summary>
    public bool HasGaps { get; set; }

    /// <summary>What a job fills to take the active one's place; the active one itself where only its gaps are filled.</summary>
    public string? Building { get; set; }

    /// <summary>What was active before. No document is added to it, and what is written anew leaves it; so it can be built up again.</summary>
    public string? Previous { get; set; }

    /// <summary>Then the previous one goes; null: it stays until another is the previous one, for whoever goes back from adapted models.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>The keys of all that hold chunks.</summary>
    public IEnumerable<string> Keys => new[] { Active, Building, Previous }.OfType<string>().Distinct(StringComparer.Ordinal);
}
