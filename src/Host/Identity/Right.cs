namespace Tessera.Host.Identity;

/// <summary>What an endpoint or a message asks of its caller.</summary>
internal enum Right
{
    /// <summary>Every member has it, and every key whatever its scopes.</summary>
    SeeDomains,
    ReadDocuments,
    Ask,
    WriteDocuments,
    ManageTenant,

    /// <summary>To manage a tenant, one's own or as platform administrator any; <see cref="Tenants.TenantDoor"/> says which.</summary>
    Administer,
    ManagePlatform,
}
