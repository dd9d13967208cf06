namespace Tessera.Host.Models;

/// <summary>A tenant's server elsewhere. While it is enabled, questions and passages of this tenant leave this machine.</summary>
/// <param name="BaseUrl">Null: none was ever named.</param>
/// <param name="KeySet">A key is kept; it is never shown.</param>
/// <param name="ChatModel">What that server calls the model that writes answers; null: it writes none.</param>
/// <param name="EmbeddingModel">What that server calls the model that makes vectors.</param>
/// <param name="Enabled">False: nothing is sent.</param>
internal sealed record RemoteView(string? BaseUrl, bool KeySet, string? ChatModel, string? EmbeddingModel, bool Enabled)
{
    public static RemoteView Of(TenantRemote? row) => row is null
        ? new RemoteView(null, false, null, null, false)
        : new RemoteView(row.BaseUrl, row.SealedKey is not null, row.ChatModel, row.EmbeddingModel, row.Enabled);
}
