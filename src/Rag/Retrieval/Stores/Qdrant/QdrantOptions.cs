namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>How a Qdrant server is reached.</summary>
/// <param name="Url">Its REST interface.</param>
public sealed record QdrantOptions(Uri Url)
{
    /// <summary>Sent as <c>api-key</c>; null: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the names of all collections begin with; letters, digits and hyphens. Default: <c>tessera</c>.</summary>
    public string Prefix { get; init; } = "tessera";

    /// <summary>How often a request is tried again that failed in a way that may pass. Default: 4, which takes some 8 seconds.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>How long one request may take. Default: 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
