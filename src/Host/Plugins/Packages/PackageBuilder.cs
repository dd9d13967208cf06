using System.Security.Cryptography;
using Tessera.Sdk;

namespace Tessera.Host.Plugins.Packages;

/// <summary>What publishers do: a folder → a package → a signed package.</summary>
internal static class PackageBuilder
{
    // The host brings these, symbols name folders of the build machine, and the rest is the build's own.
    private static readonly string[] HostAssemblies =
        ["Tessera.Sdk", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"];

    private static readonly string[] LeftOut = [".pdb", ".deps.json", ".runtimeconfig.json"];

    /// <summary>Makes an unsigned package of a built plugin: its output folder with <c>plugin.json</c> in it.</summary>
    /// <exception cref="PackageRefusedException">The folder cannot become a package that a host would take.</exception>
    public static byte[] Pack(string folder)
    {
        var manifestFile = Path.Combine(folder, PackagePath.Manifest);
        if (!File.Exists(manifestFile))
        {
            throw new PackageRefusedException("bad-manifest", $"'{folder}' holds no plugin.json.");
        }

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(file => file.Path is not (PackagePath.Manifest or PackagePath.Signature) && !IsLeftOut(file.Path))
            .Select(file => new PackageEntry(file.Path, File.ReadAllBytes(file.File)))
            .ToList();
        var manifest = PackageManifest.Read(File.ReadAllBytes(manifestFile)) with
        {
            PublisherKeyId = null,
            Files = [.. files
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => new PluginFile(file.Path, Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)), file.Bytes.Length))],
        };
        Require(files, manifest.Assembly, "its entry assembly");
        if (manifest.Evaluation is { } evaluation)
        {
            Require(files, $"{evaluation.Path}/questions.jsonl", "its golden set");
        }

        var archive = PackageArchive.Write([new PackageEntry(PackagePath.Manifest, PackageManifest.Write(manifest)), .. files]);
        PackageArchive.Read(archive);
        return archive;
    }

    /// <summary>Signs a package, in place of whatever signature it bears.</summary>
    /// <exception cref="PackageRefusedException">The bytes are no package.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> package, SigningKey key)
    {
        var entries = WithKey(package, key.KeyId);
        return PackageArchive.Write([.. entries, new PackageEntry(PackagePath.Signature, key.Sign(entries[0].Bytes.Span))]);
    }

    /// <summary>The package as it was before it was signed.</summary>
    /// <exception cref="PackageRefusedException">The bytes are no package.</exception>
    public static byte[] Unsign(ReadOnlyMemory<byte> package) => PackageArchive.Write(WithKey(package, keyId: null));

    private static List<PackageEntry> WithKey(ReadOnlyMemory<byte> package, string? keyId)
    {
        var entries = PackageArchive.Read(package);
        var manifest = entries[0].Path == PackagePath.Manifest ? PackageManifest.Read(entries[0].Bytes.Span) : throw PackageArchive.NotCanonical();
        return
        [
            new PackageEntry(PackagePath.Manifest, PackageManifest.Write(manifest with { PublisherKeyId = keyId })),
            .. entries.Skip(1).Where(entry => entry.Path != PackagePath.Signature),
        ];
    }

    private static bool IsLeftOut(string path) =>
        LeftOut.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        || HostAssemblies.Any(name => path == $"{name}.dll" || path == $"{name}.xml");

    private static void Require(List<PackageEntry> files, string path, string what)
    {
        if (!files.Any(file => file.Path == path))
        {
            throw new PackageRefusedException("missing-file", $"The folder lacks '{path}', {what}.");
        }
    }
}
