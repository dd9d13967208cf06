namespace Tessera.Host.Tenants;

/// <summary>A tenant as administrators see it.</summary>
internal sealed record TenantView(Guid Id, string Name, DateTimeOffset CreatedAt)
{
    public static TenantView Of(Tenant tenant) => new(tenant.Id.Value, tenant.Name, tenant.CreatedAt);
}
