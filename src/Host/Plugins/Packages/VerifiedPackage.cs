using Tessera.Sdk;

namespace Tessera.Host.Plugins.Packages;

/// <summary>A package whose every byte is vouched for by a pinned publisher. What is loaded and unpacked comes from here, never again from a file.</summary>
/// <param name="Manifest">What was signed.</param>
/// <param name="Publisher">Who signed.</param>
/// <param name="Sha256">Lower-case hex of the whole archive.</param>
/// <param name="Entries">All of them, manifest and signature too.</param>
internal sealed record VerifiedPackage(
    PluginManifest Manifest, Publisher Publisher, string Sha256, IReadOnlyList<PackageEntry> Entries)
{
    public Version Version => PluginVersion.Parse(Manifest.Version);

    /// <summary>A file of the package, or null.</summary>
    public PackageEntry? Find(string path) => Entries.FirstOrDefault(entry => entry.Path == path);

    /// <summary>Copies of its test questions and their documents alone, to be kept while the archive with its models is let go.</summary>
    public VerifiedPackage EvaluationOnly() => this with
    {
        Entries = [.. Entries.Where(entry => Manifest.Evaluation is { } evaluation && entry.Path.StartsWith(evaluation.Path.Trim('/') + "/", StringComparison.Ordinal))
            .Select(entry => entry with { Bytes = entry.Bytes.ToArray() })],
    };
}

/// <summary>What a look at a package found. Closed.</summary>
internal abstract record PackageVerdict
{
    private PackageVerdict()
    {
    }

    public sealed record Verified(VerifiedPackage Package) : PackageVerdict;

    public sealed record Refused(PackageRefusal Refusal) : PackageVerdict;
}
