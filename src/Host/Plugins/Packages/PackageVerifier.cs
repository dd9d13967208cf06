using System.Security.Cryptography;
using Tessera.Sdk;

namespace Tessera.Host.Plugins.Packages;

/// <summary>
/// The one gate for packages: size and names → signature of a pinned publisher → every file's hash → Sdk range → the archive
/// written again from what was verified must equal what came, byte for byte. Nothing of a package runs before.
/// </summary>
internal sealed class PackageVerifier(PublisherKeys publishers)
{
    public PackageVerdict Verify(ReadOnlyMemory<byte> archive)
    {
        try
        {
            return new PackageVerdict.Verified(Check(archive));
        }
        catch (PackageRefusedException refused)
        {
            return new PackageVerdict.Refused(refused.Refusal);
        }
    }

    private VerifiedPackage Check(ReadOnlyMemory<byte> archive)
    {
        var entries = PackageArchive.Read(archive);
        if (entries[0].Path != PackagePath.Manifest)
        {
            throw PackageArchive.NotCanonical();
        }

        if (entries[^1].Path != PackagePath.Signature)
        {
            throw new PackageRefusedException("unsigned", "The package bears no signature. Its publisher signs it with 'plugins sign'.");
        }

        var publisher = FindPublisher(entries[0].Bytes.Span, entries[^1].Bytes.Span);
        var manifest = PackageManifest.Read(entries[0].Bytes.Span);
        if (manifest.PublisherKeyId != publisher.KeyId)
        {
            throw new PackageRefusedException("bad-signature", "The package names another publisher's key than the one that signed it.");
        }

        CheckFiles(manifest, [.. entries.Skip(1).SkipLast(1)]);
        CheckRange(manifest);
        return PackageArchive.IsCanonical(archive, entries)
            ? new VerifiedPackage(manifest, publisher, Convert.ToHexStringLower(SHA256.HashData(archive.Span)), entries)
            : throw PackageArchive.NotCanonical();
    }

    private Publisher FindPublisher(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature)
    {
        foreach (var publisher in publishers.All)
        {
            if (publisher.Signed(manifest, signature))
            {
                return publisher;
            }
        }

        var claimed = PackageManifest.Read(manifest).PublisherKeyId;
        throw publishers.Find(claimed) is { } known
            ? new PackageRefusedException(
                "bad-signature", $"The signature is not publisher '{known.Name}''s for this package: it was changed after it was signed. Get it again from its publisher.")
            : new PackageRefusedException(
                "unknown-publisher",
                $"The package is signed with a key that this host does not trust ({claimed ?? "none named"}). An operator pins a publisher's public key with {PublisherKeys.Variable}.");
    }

    private static void CheckFiles(PluginManifest manifest, IReadOnlyList<PackageEntry> entries)
    {
        var listed = new Dictionary<string, PluginFile>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!listed.TryAdd(file.Path, file))
            {
                throw new PackageRefusedException("bad-manifest", $"The package's plugin.json lists '{file.Path}' twice.");
            }
        }

        foreach (var entry in entries)
        {
            if (!listed.Remove(entry.Path, out var file))
            {
                throw new PackageRefusedException("extra-file", $"The package holds '{entry.Path}', which its publisher did not sign.");
            }

            if (file.Length != entry.Bytes.Length || file.Sha256 != Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.Span)))
            {
                throw new PackageRefusedException("hash-mismatch", $"'{entry.Path}' is not the file that the publisher signed: it was changed. Get the package again from its publisher.");
            }
        }

        if (listed.Count > 0)
        {
            throw new PackageRefusedException("missing-file", $"The package lacks '{listed.Keys.Order(StringComparer.Ordinal).First()}', which its plugin.json lists.");
        }

        if (!entries.Any(entry => entry.Path == manifest.Assembly))
        {
            throw new PackageRefusedException("missing-file", $"The package lacks its entry assembly '{manifest.Assembly}'.");
        }
    }

    private static void CheckRange(PluginManifest manifest)
    {
        if (!SdkRange.TryParse(manifest.SdkRange, out var range) || !range.Contains(SdkRange.Host))
        {
            throw new PackageRefusedException(
                "sdk-range", $"The plugin runs on Sdk {manifest.SdkRange}; this host has {SdkRange.Host}. Take a version of the plugin that fits, or update the host.");
        }
    }
}
