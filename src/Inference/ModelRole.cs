namespace Tessera.Inference;

/// <summary>What a model is for. A manifest's <c>models</c> and the settings name roles in lower case.</summary>
public enum ModelRole
{
    /// <summary>Writes text.</summary>
    Chat,

    /// <summary>Turns text into vectors.</summary>
    Embedding,

    /// <summary>Scores how well a passage answers a question.</summary>
    Reranker,
}
