using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>Whether a tenant uses a domain.</summary>
internal sealed class TenantDomain
{
    public required TenantId TenantId { get; init; }

    public required string DomainId { get; init; }

    public required bool Enabled { get; set; }
}
