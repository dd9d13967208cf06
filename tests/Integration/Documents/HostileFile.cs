using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Tessera.Integration.Documents;

/// <summary>A file of the shared hostile collection, as somebody would upload it.</summary>
/// <param name="Path">Place in the collection; with the line's number where one line of a list is the document.</param>
/// <param name="Name">The name that it is fed under.</param>
/// <param name="Expect">As its manifest says; <c>TERMINAL</c> for a line of a list: it ends one way or the other.</param>
internal sealed record HostileFile(string Path, string Name, byte[] Bytes, string Expect)
{
    private const string Stored = ".stored.gz";
    private const string Feed = "feed as .";

    /// <summary>Folders whose files are documents.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["pdf", "office", "zip", "xml", "html", "markdown", "json-csv", "text", "code-text"];

    /// <summary>The files of one folder, in the manifest's order.</summary>
    public static IEnumerable<HostileFile> Read(string root, string folder)
    {
        foreach (var row in File.ReadLines(System.IO.Path.Combine(root, "MANIFEST.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            if (!row[0].StartsWith(folder + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var (path, expect, note) = (row[0], row[7], row[8]);
            var bytes = File.ReadAllBytes(System.IO.Path.Combine(root, path));
            bytes = row[1] == "gzip" ? Unzip(bytes) : bytes;
            var name = System.IO.Path.GetFileName(path).Replace(Stored, "", StringComparison.Ordinal);
            if (note.StartsWith(Feed, StringComparison.Ordinal))
            {
                name = System.IO.Path.ChangeExtension(name, note[(Feed.Length - 1)..].Split(':', ' ')[0]);
            }

            if (!name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                yield return new HostileFile(path, name, bytes, expect);
                continue;
            }

            foreach (var (number, line) in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
            {
                yield return new HostileFile($"{path}:{number + 1}", $"{number + 1}.html", Encoding.UTF8.GetBytes(Payload(line)), "TERMINAL");
            }
        }
    }

    /// <summary>Whether a document that ended so ended as it should: failed ones name a code of their own and a reason.</summary>
    public bool IsExpected(JsonElement document)
    {
        var searchable = document.GetProperty("status").GetString() == "Searchable";
        return (searchable || (document.GetProperty("reason").GetString() is { Length: > 10 } && document.GetProperty("reasonCode").GetString() is not ("internal" or "bad-chunker")))
            && Expect switch
            {
                "INDEXED" => searchable,
                "REJECT" or "FAILED_REASON" => !searchable,
                _ => true,
            };
    }

    private static string Payload(string line)
    {
        var entry = JsonSerializer.Deserialize<JsonElement>(line);
        return entry.ValueKind == JsonValueKind.String ? entry.GetString()!
            : string.Join('\n', entry.EnumerateObject().Where(x => x.Value.ValueKind == JsonValueKind.String).Select(x => x.Value.GetString()));
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var result = new MemoryStream();
        gzip.CopyTo(result);
        return result.ToArray();
    }
}
