using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>An organisation whose documents nobody else sees.</summary>
internal sealed class Tenant
{
    public required TenantId Id { get; init; }

    /// <summary>Unique without regard to case; lower case in <see cref="NameKey"/>.</summary>
    public required string Name { get; set; }

    public required string NameKey { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
