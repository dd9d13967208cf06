using System.Text.Json;
using Tessera.Training.Data;

namespace Tessera.Training.Ranking;

/// <summary>What a ranker was fitted on, beside it as <c>.card.json</c>. Without dates and folders: equal inputs make an equal card.</summary>
internal sealed record RankerCard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Kind { get; init; } = "ranker";

    public required string Domain { get; init; }

    /// <summary>Questions of the held-back lines that it was fitted on, each with its candidates.</summary>
    public required int Questions { get; init; }

    /// <summary>nDCG@10 of these candidates before and after, on the questions that it was fitted on.</summary>
    public required double Before { get; init; }

    public required double After { get; init; }

    public required IReadOnlyList<TrainingSource> Sources { get; init; }

    public required IReadOnlyList<TrainingInput> Files { get; init; }

    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
