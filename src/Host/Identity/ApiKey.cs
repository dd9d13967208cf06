using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>A key that speaks for a user in one tenant. Only the hash of its secret is kept.</summary>
internal sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required TenantId TenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the whole key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Of <see cref="KeyScope.All"/>; empty: all rights of the user.</summary>
    public List<string> Scopes { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }
}
