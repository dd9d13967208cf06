using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>A question of an administrator's own that adapted models must not find worse. Never learned from.</summary>
internal sealed class OwnQuestion : ITenantOwned
{
    /// <summary>Most that a domain has.</summary>
    public const int Most = 500;

    public const int Longest = 500;

    /// <summary>Version 7, so that ids sort by age.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required string Domain { get; init; }

    public required string Question { get; init; }

    /// <summary>The document that answers it.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Where in its text; null: anywhere.</summary>
    public int? Start { get; init; }

    public int? End { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
