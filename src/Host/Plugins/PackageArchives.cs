using System.Security.Cryptography;
using Tessera.Host.Adapting;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Plugins;

/// <summary>Packages of loaded domains, read from the disk again and verified again: what is loaded keeps no bytes.</summary>
internal sealed class PackageArchives(PluginFiles files, PackageVerifier verifier, TesseraOptions options)
{
    /// <summary>The package of that hash, installed or bundled; null where it is not on the disk.</summary>
    public VerifiedPackage? Find(string sha256)
    {
        IEnumerable<string> bundled = Directory.Exists(options.PackagesFolder) ? Directory.EnumerateFiles(options.PackagesFolder, "*.tessera") : [];
        foreach (var path in bundled.Prepend(files.PathOf(sha256)).Where(File.Exists))
        {
            if (HashOf(path) == sha256 && verifier.Verify(File.ReadAllBytes(path)) is PackageVerdict.Verified { Package: var package } && package.Sha256 == sha256)
            {
                return package;
            }
        }

        return null;
    }

    /// <summary>The names of a package's models that can be adapted.</summary>
    public static IEnumerable<string> Adaptable(VerifiedPackage package) =>
        new[] { AdaptedFiles.Translation, AdaptedFiles.Embedder }.Where(name => package.Find($"models/{name}") is not null);

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
