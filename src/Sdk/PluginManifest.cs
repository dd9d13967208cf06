namespace Tessera.Sdk;

/// <summary>The signed <c>plugin.json</c> of a <c>.tessera</c> package.</summary>
/// <param name="Id">Lower-case id, <c>[a-z][a-z0-9-]{1,31}</c>.</param>
/// <param name="Version">Semantic version, <c>major.minor.patch</c>.</param>
/// <param name="SdkRange">Sdk versions it runs on, as <c>[1.0,2.0)</c>.</param>
/// <param name="Assembly">File name of the entry assembly in the package.</param>
/// <param name="EntryType">Full name of its <see cref="DomainModule"/>.</param>
/// <param name="Models">Models by role: <c>chat</c>, <c>embedding</c>, <c>reranker</c>.</param>
/// <param name="Files">Every file of the package but the manifest and the signature.</param>
/// <param name="Permissions">What it asks for; an administrator sees them. Empty: nothing.</param>
/// <param name="Evaluation">Its golden set, run on this machine before it becomes active.</param>
public sealed record PluginManifest(
    string Id,
    string Version,
    string SdkRange,
    string Assembly,
    string EntryType,
    IReadOnlyDictionary<string, ModelRef> Models,
    IReadOnlyList<PluginFile> Files,
    IReadOnlyList<string> Permissions,
    PluginEvaluation? Evaluation)
{
    /// <summary>Name as administrators see it.</summary>
    public string? Name { get; init; }

    /// <summary>One sentence for administrators.</summary>
    public string? Description { get; init; }

    /// <summary>Id of the publisher's key: lower-case hex of the SHA-256 of its SubjectPublicKeyInfo. Set when packed.</summary>
    public string? PublisherKeyId { get; init; }
}

/// <summary>A file of a package.</summary>
/// <param name="Path">Path in the package with forward slashes, never absolute, never with <c>..</c>.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Length">Bytes.</param>
public sealed record PluginFile(string Path, string Sha256, long Length);

/// <summary>The golden set of a domain.</summary>
/// <param name="Path">Folder in the package with <c>documents/</c> and <c>questions.jsonl</c>.</param>
/// <param name="MinimumPassed">Share of its cases that must pass, 0 to 1.</param>
public sealed record PluginEvaluation(string Path, double MinimumPassed);
