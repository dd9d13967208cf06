using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>Roles as manifests, settings and the API write them.</summary>
internal static class ModelRoles
{
    public const string Allowed = "chat, embedding, reranker";

    public static string Text(ModelRole role) => role switch
    {
        ModelRole.Chat => "chat",
        ModelRole.Embedding => "embedding",
        ModelRole.Reranker => "reranker",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The role of that name; null: there is none.</summary>
    public static ModelRole? Find(string? text) => text switch
    {
        "chat" => ModelRole.Chat,
        "embedding" => ModelRole.Embedding,
        "reranker" => ModelRole.Reranker,
        _ => null,
    };
}
