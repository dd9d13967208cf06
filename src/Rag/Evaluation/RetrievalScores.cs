using System.Text.Json.Serialization;

namespace Tessera.Rag.Evaluation;

/// <summary>What a retrieval run reached: means over the queries that have a relevant passage. Times are of whole searches.</summary>
public sealed record RetrievalScores(
    [property: JsonPropertyName("ndcg10")] double Ndcg10,
    [property: JsonPropertyName("recall10")] double Recall10,
    [property: JsonPropertyName("recall100")] double Recall100,
    [property: JsonPropertyName("mrr10")] double Mrr10,
    [property: JsonPropertyName("queries")] int Queries,
    [property: JsonPropertyName("msP50")] double MsP50,
    [property: JsonPropertyName("msP99")] double MsP99);
