using Tessera.Sdk;

namespace Tessera.Integration;

/// <summary>Somebody with a password, a key and a client that sends the key.</summary>
internal sealed record TestCaller(
    TenantId Tenant, Guid UserId, string UserName, string Password, Guid KeyId, string Key, HttpClient Http);
