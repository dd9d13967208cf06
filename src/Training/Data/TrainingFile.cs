using System.IO.Compression;
using System.Text.Json;

namespace Tessera.Training.Data;

/// <summary>JSON lines to learn from, plain or gzipped.</summary>
internal static class TrainingFile
{
    /// <summary>All lines, in their order.</summary>
    /// <exception cref="TrainingDataException">The file is missing, or a line cannot be read or lacks a side of its pair.</exception>
    public static IEnumerable<TrainingLine> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new TrainingDataException($"{path} is missing.");
        }

        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        for (var number = 1; NextLine(reader, path, number) is { } text; number++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(text, $"{Path.GetFileName(path)}, line {number}");
            }
        }
    }

    private static string? NextLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException damage)
        {
            throw new TrainingDataException($"{Path.GetFileName(path)} is damaged at line {number}: it is no gzip file, or it was cut.", damage);
        }
    }

    private static TrainingLine Parse(string text, string place)
    {
        TrainingLine? line;
        try
        {
            line = JsonSerializer.Deserialize<TrainingLine>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            throw new TrainingDataException($"{place}: no line of training data. {fault.Message}", fault);
        }

        return line switch
        {
            { Kind: "text", Text.Length: > 0 } => line,
            { Kind: "text" } => throw new TrainingDataException($"{place}: a text without a text."),
            { Kind: "qa" or "pair", Question: "" } => throw new TrainingDataException($"{place}: a pair without a question."),
            { Kind: "qa" or "pair", Passage: "" } => throw new TrainingDataException($"{place}: a question without what answers it."),
            { Kind: "qa" or "pair" } => line,
            _ => throw new TrainingDataException($"{place}: kind is none of text, qa and pair."),
        };
    }
}
