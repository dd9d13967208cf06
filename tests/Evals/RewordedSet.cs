using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tessera.Evals;

/// <summary>
/// cuad with every question in other words. Its 39 wordings stand in the training text too, so a figure on them says how well they were learned;
/// these were written without looking at the clauses, before anything was trained with them.
/// </summary>
internal sealed class RewordedSet : IDisposable
{
    /// <summary>Its name among the sets.</summary>
    public const string Name = "legal/cuad-reworded";

    private const string Queries = "queries.jsonl.gz";

    private RewordedSet(string folder) => Folder = folder;

    /// <summary>The set's folder.</summary>
    public string Folder { get; }

    /// <summary>Makes the set of cuad's files.</summary>
    /// <exception cref="InvalidDataException">A wording is not in the table.</exception>
    public static RewordedSet Make()
    {
        using var table = typeof(RewordedSet).Assembly.GetManifestResourceStream(typeof(RewordedSet), "cuad-rewordings.json")!;
        var wordings = JsonSerializer.Deserialize<Dictionary<string, string>>(table)!;
        var (from, to) = (SharedFolder.Of("legal/cuad"), Directory.CreateTempSubdirectory("tessera-reworded-"));
        foreach (var file in Directory.EnumerateFiles(from).Where(file => Path.GetFileName(file) != Queries))
        {
            File.CreateSymbolicLink(Path.Combine(to.FullName, Path.GetFileName(file)), file);
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(from, Queries)), CompressionMode.Decompress));
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(to.FullName, Queries)), CompressionMode.Compress));
        while (reader.ReadLine() is { } line)
        {
            var query = JsonNode.Parse(line)!.AsObject();
            var text = query["text"]!.GetValue<string>();
            var begin = text.IndexOf(": ", StringComparison.Ordinal) + 2;
            query["text"] = wordings.TryGetValue(text[begin..], out var other)
                ? text[..begin] + other
                : throw new InvalidDataException($"cuad-rewordings.json has no other words for '{text[begin..]}'.");
            writer.WriteLine(query.ToJsonString());
        }

        return new RewordedSet(to.FullName);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
