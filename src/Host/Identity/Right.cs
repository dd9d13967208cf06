namespace Tessera.Host.Identity;

/// <summary>What an endpoint or a message asks of its caller.</summary>
internal enum Right
{
    /// <summary>Every member has it, and every key whatever its scopes.</summary>
    SeeDomains,
    ReadDocuments,
    Ask,

    /// <summary>To use installed models without retrieval.</summary>
    UseModels,

    /// <summary>To come to <c>/v1</c> at all; what a request names there asks for <see cref="Ask"/> or <see cref="UseModels"/>.</summary>
    Converse,
    WriteDocuments,
    ManageTenant,

    /// <summary>To manage a tenant, one's own or as platform administrator any; <see cref="Tenants.TenantDoor"/> says which.</summary>
    Administer,
    ManagePlatform,
}
