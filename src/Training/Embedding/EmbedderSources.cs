using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Training.Data;

namespace Tessera.Training.Embedding;

/// <summary>The files that are learned from: read once, counted by source, named by hash.</summary>
internal sealed class EmbedderSources
{
    private EmbedderSources(IReadOnlyList<TrainingLine> lines, IReadOnlyList<TitledText> passages, IReadOnlyList<CardSource> sources, IReadOnlyList<CardFile> files)
    {
        Lines = lines;
        Passages = passages;
        Sources = sources;
        Files = files;
    }

    public IReadOnlyList<TrainingLine> Lines { get; }

    public IReadOnlyList<TitledText> Passages { get; }

    public IReadOnlyList<CardSource> Sources { get; }

    public IReadOnlyList<CardFile> Files { get; }

    /// <summary>Reads everything.</summary>
    /// <param name="pairs">Training files.</param>
    /// <param name="corpora">Files or folders of passages.</param>
    /// <param name="wordings">Other words for questions.</param>
    /// <exception cref="TrainingDataException">One is missing or a line cannot be read.</exception>
    public static EmbedderSources Read(IReadOnlyList<string> pairs, IReadOnlyList<string> corpora, Wordings wordings)
    {
        var lines = wordings.Apply(pairs.SelectMany(TrainingFile.Read)).ToList();
        var sources = lines.GroupBy(x => (x.Source, x.Licence)).Select(x => new CardSource(x.Key.Source, x.Key.Licence, x.Count())).ToList();
        var passages = new List<TitledText>();
        var found = corpora.Select(PassageFile.Find).ToList();
        foreach (var corpus in found)
        {
            var before = passages.Count;
            passages.AddRange(PassageFile.Read(corpus));
            sources.Add(new CardSource(Named(corpus), Licence(corpus), passages.Count - before));
        }

        return new EmbedderSources(lines, passages, sources, [.. pairs.Concat(found).Select(x => new CardFile(Named(x), Hash(x)))]);
    }

    // The folder tells one corpus.jsonl from the next; what lies above it is this machine's.
    private static string Named(string path) =>
        Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder ? $"{folder}/{Path.GetFileName(path)}" : Path.GetFileName(path);

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Licence(string corpus)
    {
        var about = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(corpus)) ?? "", "meta.json");
        if (!File.Exists(about))
        {
            return "";
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(about));
            return json.RootElement.TryGetProperty("licence", out var licence) ? licence.GetString() ?? "" : "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new TrainingDataException($"{Named(about)} is no JSON object with a licence. {fault.Message}", fault);
        }
    }
}
