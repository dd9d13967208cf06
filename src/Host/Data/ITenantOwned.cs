using Tessera.Sdk;

namespace Tessera.Host.Data;

/// <summary>A row of one tenant: filtered on every read, checked on every write.</summary>
internal interface ITenantOwned
{
    /// <summary>Whose row; never changes.</summary>
    TenantId TenantId { get; }
}
