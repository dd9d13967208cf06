using System.Security.Cryptography;

namespace Tessera.Host.Plugins.Packages;

/// <summary>A publisher's private key: ECDSA on P-256, in a PEM file that its owner alone may read.</summary>
internal sealed class SigningKey : IDisposable
{
    public const string Variable = "TESSERA_SIGNING_KEY";

    private readonly ECDsa key;

    private SigningKey(ECDsa key) => this.key = key;

    public string KeyId => Publisher.IdOf(key.ExportSubjectPublicKeyInfo());

    /// <exception cref="CryptographicException">The file holds no private P-256 key.</exception>
    public static SigningKey Load(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            Publisher.RequireP256(key);
            key.ExportECPrivateKey();
            return new SigningKey(key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new CryptographicException($"'{file}' holds no private key for signing (PEM, ECDSA P-256).", failure);
        }
    }

    /// <summary>Loads the key, or makes it where there is none. Builds that race for it end with one key.</summary>
    public static SigningKey LoadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Create(file);
        }

        return Load(file);
    }

    /// <summary>64 bytes: r and s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) =>
        key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>What publishers hand out and hosts pin.</summary>
    public string PublicPem() => key.ExportSubjectPublicKeyInfoPem() + "\n";

    public void Dispose() => key.Dispose();

    private static void Create(string file)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var half = Path.Combine(folder.FullName, Path.GetRandomFileName());
        using (var writer = new StreamWriter(half, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        try
        {
            File.Move(half, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(half);
        }
    }
}
