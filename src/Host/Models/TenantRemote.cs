using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>A server elsewhere that a tenant lets write its answers: questions and passages leave this machine.</summary>
internal sealed class TenantRemote
{
    public required TenantId TenantId { get; init; }

    /// <summary>Of an OpenAI-compatible API, as <c>http://127.0.0.1:8000/v1</c>.</summary>
    public required string BaseUrl { get; set; }

    /// <summary>The key for that server, sealed by <see cref="RemoteKeys"/>; null: none is sent.</summary>
    public string? SealedKey { get; set; }

    public string? ChatModel { get; set; }

    public string? EmbeddingModel { get; set; }

    /// <summary>False: nothing is sent.</summary>
    public required bool Enabled { get; set; }
}
