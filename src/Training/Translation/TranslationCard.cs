using System.Text.Json;
using Tessera.Training.Data;

namespace Tessera.Training.Translation;

/// <summary>
/// What a model was made of and how, beside it as <c>.card.json</c>. Without dates and folders: equal inputs make an equal card.
/// </summary>
internal sealed record TranslationCard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // Read as a file, never as a part of a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Kind { get; init; } = "translation";

    public required string Domain { get; init; }

    public required string Analyzer { get; init; }

    public required long Seed { get; init; }

    public required TranslationRecipe Recipe { get; init; }

    /// <summary>How many promises the model holds.</summary>
    public required int Entries { get; init; }

    public required int Bytes { get; init; }

    /// <summary>Of the model, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Only lines that were learned from are counted.</summary>
    public required IReadOnlyList<TrainingSource> Sources { get; init; }

    public required IReadOnlyList<TrainingInput> Files { get; init; }

    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
