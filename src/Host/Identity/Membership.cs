using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>A user's place in a tenant.</summary>
internal sealed class Membership
{
    public required Guid UserId { get; init; }

    public required TenantId TenantId { get; init; }

    public required TenantRole Role { get; set; }
}
