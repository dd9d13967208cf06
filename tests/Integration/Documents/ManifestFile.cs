using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tessera.Integration.Documents;

/// <summary>A real file of the shared collection and what its manifest expects.</summary>
/// <param name="Expect">text, none, password, refuse or either.</param>
/// <param name="Probe">Words that its text holds, whatever white space stands between them.</param>
internal sealed record ManifestFile(string Name, byte[] Bytes, string Expect, string Probe)
{
    private static readonly Regex Space = new(@"\s+", RegexOptions.NonBacktracking);

    /// <summary>Whether this machine reads text out of pictures.</summary>
    public static bool HasOcr { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "tesseract")));

    /// <summary>All of them, in the manifest's order.</summary>
    public static IEnumerable<ManifestFile> Read(string folder) => File.ReadLines(Path.Combine(folder, "manifest.jsonl"))
        .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
        .Select(entry => new ManifestFile(
            Path.GetFileName(entry.GetProperty("file").GetString()!),
            File.ReadAllBytes(Path.Combine(folder, entry.GetProperty("file").GetString()!)),
            entry.GetProperty("expect").GetString()!,
            entry.TryGetProperty("probe", out var probe) ? probe.GetString() ?? "" : ""));

    /// <summary>Whether a document that ended so ended as it should.</summary>
    /// <param name="document">The document.</param>
    /// <param name="text">Its <c>content?format=text</c>; empty where it has none.</param>
    public bool IsExpected(JsonElement document, string text)
    {
        var searchable = document.GetProperty("status").GetString() == "Searchable";
        var code = document.GetProperty("reasonCode").GetString();
        return Expect switch
        {
            "text" => searchable && Holds(text),
            "none" when HasOcr => searchable && Holds(text),
            "none" => !searchable && code == "no-text",
            "password" => !searchable && code == "encrypted",
            "refuse" => !searchable && code is not null,
            "either" => searchable || code is not null,
            _ => throw new InvalidOperationException($"The manifest expects {Expect}."),
        };
    }

    private bool Holds(string text) => Space.Replace(text, " ").Contains(Space.Replace(Probe, " "), StringComparison.Ordinal);
}
