using System.IO.Compression;
using System.Text.Json;
using Tessera.Training.Data;

namespace Tessera.Training.Embedding;

/// <summary>A collection's passages as JSON lines, plain or gzipped: <c>title</c> (may be missing) and <c>text</c>.</summary>
internal static class PassageFile
{
    private const string Corpus = "corpus.jsonl";

    /// <summary>The file itself, or <c>corpus.jsonl</c> or <c>corpus.jsonl.gz</c> in a folder.</summary>
    /// <exception cref="TrainingDataException">There is none.</exception>
    public static string Find(string place) =>
        new[] { place, Path.Combine(place, Corpus), Path.Combine(place, Corpus + ".gz") }.FirstOrDefault(File.Exists)
        ?? throw new TrainingDataException($"{place} is neither a file nor a folder with {Corpus} or {Corpus}.gz.");

    /// <summary>All passages, in their order; lines without text are passed over.</summary>
    /// <exception cref="TrainingDataException">A line cannot be read.</exception>
    public static IEnumerable<TitledText> Read(string path)
    {
        var name = Path.GetFileName(path);
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        for (var number = 1; NextLine(reader, name, number) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && Parse(line, $"{name}, line {number}") is { Text.Length: > 0 } passage)
            {
                yield return passage;
            }
        }
    }

    private static string? NextLine(StreamReader reader, string name, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException damage)
        {
            throw new TrainingDataException($"{name} is damaged at line {number}: it is no gzip file, or it was cut.", damage);
        }
    }

    private static TitledText Parse(string line, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new TitledText(
                json.RootElement.TryGetProperty("title", out var title) ? title.GetString() ?? "" : "",
                json.RootElement.GetProperty("text").GetString() ?? "");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new TrainingDataException($"{where}: no passage. {fault.Message}", fault);
        }
    }
}
