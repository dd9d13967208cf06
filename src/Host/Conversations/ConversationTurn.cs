using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Conversations;

/// <summary>A question of a conversation and its answer. Never changed; goes with its conversation.</summary>
internal sealed class ConversationTurn : ITenantOwned
{
    /// <summary>Version 7, so that ids sort by age.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Question { get; init; }

    /// <summary>JSON of a <see cref="KeptAnswer"/>.</summary>
    public required string Answer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
