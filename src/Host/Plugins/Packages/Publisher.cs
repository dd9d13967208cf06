using System.Security.Cryptography;

namespace Tessera.Host.Plugins.Packages;

/// <summary>Somebody whose packages this host takes.</summary>
/// <param name="Name">As administrators see it: the name of the key's file.</param>
/// <param name="KeyId">Lower-case hex of the SHA-256 of the key.</param>
/// <param name="Key">SubjectPublicKeyInfo.</param>
internal sealed record Publisher(string Name, string KeyId, ReadOnlyMemory<byte> Key)
{
    private const int SignatureLength = 64;

    public static string IdOf(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    /// <exception cref="CryptographicException">The text is no public P-256 key.</exception>
    public static Publisher FromPem(string name, string pem)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException failure)
        {
            throw new CryptographicException($"The key of publisher '{name}' is not a PEM.", failure);
        }

        RequireP256(key);
        var bytes = key.ExportSubjectPublicKeyInfo();
        return new Publisher(name, IdOf(bytes), bytes);
    }

    public bool Signed(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Key.Span, out _);
        return signature.Length == SignatureLength
            && key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("The key is not on the curve P-256.");
        }
    }
}
