using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Tessera.Host.Models;

/// <summary>Seals tenants' keys for servers elsewhere: the database alone does not give them away.</summary>
internal sealed class RemoteKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Tessera.Models.RemoteKeys");

    public string Seal(string key) => protector.Protect(key);

    /// <summary>The key; null where it cannot be opened any more, as when the folder of keys was lost.</summary>
    public string? Open(string sealedKey)
    {
        try
        {
            return protector.Unprotect(sealedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
