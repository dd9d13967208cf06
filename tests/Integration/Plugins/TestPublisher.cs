using System.Security.Cryptography;
using System.Text;
using Tessera.Host.Plugins.Packages;
using Tessera.Sdk;

namespace Tessera.Integration.Plugins;

/// <summary>A publisher with a key of its own, whose packages are the legal domain under other versions and with other faults.</summary>
internal sealed class TestPublisher : IDisposable
{
    private const string Questions = "golden/questions.jsonl";
    private const string Models = "models/";
    private const string Embedder = "models/embedder.model";
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-publisher-").FullName;
    private readonly SigningKey key;

    public TestPublisher()
        : this(null)
    {
    }

    /// <summary>With the key of a file; null: with one of its own.</summary>
    public TestPublisher(string? keyFile)
    {
        key = SigningKey.LoadOrCreate(keyFile ?? Path.Combine(folder, "private.pem"));
        PublicFile = Path.Combine(folder, "acme.pem");
        File.WriteAllText(PublicFile, key.PublicPem());
    }

    /// <summary>What a host pins.</summary>
    public string PublicFile { get; }

    /// <summary>The package that came with the host.</summary>
    public static string BundledFile { get; } =
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "packages"), "legal-*.tessera").Single();

    /// <summary>A package that is signed right; what <paramref name="change"/> does to the manifest is signed too.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="change">Last change of the manifest, after the files were listed.</param>
    /// <param name="files">Files beside those of the bundled package, or in their place.</param>
    /// <param name="more">Further files, of bytes.</param>
    /// <param name="unlisted">Files that the manifest does not list.</param>
    /// <param name="without">Files of the bundled package that this one lacks: those whose paths begin so.</param>
    public byte[] Package(
        string version = "1.0.0", Func<PluginManifest, PluginManifest>? change = null,
        IReadOnlyDictionary<string, string>? files = null, IReadOnlyList<PackageEntry>? unlisted = null, IReadOnlyList<PackageEntry>? more = null,
        string? without = null)
    {
        var bundled = PackageArchive.Read(File.ReadAllBytes(BundledFile));
        var listed = bundled.Where(entry => entry.Path is not (PackagePath.Manifest or PackagePath.Signature))
            .Where(entry => files?.ContainsKey(entry.Path) != true && (without is null || !entry.Path.StartsWith(without, StringComparison.Ordinal)))
            .Concat((files ?? new Dictionary<string, string>()).Select(file => new PackageEntry(file.Key, Encoding.UTF8.GetBytes(file.Value))))
            .Concat(more ?? [])
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .ToList();
        var manifest = PackageManifest.Read(bundled[0].Bytes.Span) with
        {
            Version = version,
            PublisherKeyId = key.KeyId,
            Files = [.. listed.Select(file => new PluginFile(file.Path, Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)), file.Bytes.Length))],
        };
        var written = PackageManifest.Write(change?.Invoke(manifest) ?? manifest);
        return PackageArchive.Write(
            [new PackageEntry(PackagePath.Manifest, written), .. listed, .. unlisted ?? [], new PackageEntry(PackagePath.Signature, key.Sign(written))]);
    }

    /// <summary>A package with an embedder of its own as its only model; null: with none.</summary>
    public byte[] Embedding(string version, byte[]? embedder) => Package(
        version, more: embedder is null ? [] : [new PackageEntry(Embedder, embedder)], without: Models);

    /// <summary>A package whose own test questions fail.</summary>
    public byte[] Failing(string version = "1.0.0") => Package(version, files: new Dictionary<string, string>
    {
        [Questions] = """{"question": "Who won the war of the worlds?", "document": "distribution-agreement.txt", "expect": "the bacteria"}""" + "\n",
    });

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
