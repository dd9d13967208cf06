using Tessera.Training.Data;

namespace Tessera.Training.Translation;

/// <summary>How a translation model was learned.</summary>
internal sealed record TranslationCard() : Card("translation")
{
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
}
