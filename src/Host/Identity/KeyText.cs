using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tessera.Host.Identity;

/// <summary>How a key looks: <c>tsk_</c>, the id of its row as 32 hex digits, <c>_</c>, 256 random bits in base64url.</summary>
internal static class KeyText
{
    private const string Prefix = "tsk_";
    private const int IdLength = 32;

    public static string Make(Guid id) =>
        $"{Prefix}{id:N}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The row that a presented key claims to be; null where it does not look like ours.</summary>
    public static Guid? IdOf(string key) =>
        key.Length > Prefix.Length + IdLength
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key[Prefix.Length + IdLength] == '_'
        && Guid.TryParseExact(key.AsSpan(Prefix.Length, IdLength), "N", out var id) ? id : null;

    /// <summary>Takes the same time wherever they differ.</summary>
    public static bool Same(string presented, string key) => CryptographicOperations.FixedTimeEquals(Hash(presented), Hash(key));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
