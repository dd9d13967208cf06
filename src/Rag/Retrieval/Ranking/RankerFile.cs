using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>What a ranker's file holds, for people to read too.</summary>
/// <param name="Named">Weights for questions that name a document; null: not learned.</param>
/// <param name="Nameless">Weights for those that name none; null: not learned.</param>
internal sealed record RankerFile(IReadOnlyDictionary<string, float>? Named, IReadOnlyDictionary<string, float>? Nameless)
{
    /// <summary>Where the models below the ranker learned from few questions: these, and the weights for questions unlike all of them.</summary>
    public StrangerWeights? Strangers { get; init; }

    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
