using System.Security.Cryptography;
using Tessera.Sdk;

namespace Tessera.Host.Startup;

/// <summary>
/// The way in for commands that run the host for themselves: a socket in a folder that only this user may enter, and a key that lives
/// as long as the process. Whoever comes through it is the operator in one tenant.
/// </summary>
/// <param name="Socket">Path of the Unix socket, at most 100 bytes.</param>
internal sealed record OperatorDoor(string Socket)
{
    public string Key { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Set once the catalogue can be read; until then nobody comes in.</summary>
    public TenantId? Tenant { get; set; }
}
