using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Conversations;

/// <summary>A question of a conversation and its answer. But for what its owner thinks of it never changed; goes with its conversation.</summary>
internal sealed class ConversationTurn : ITenantOwned
{
    /// <summary>Version 7, so that ids sort by age.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Question { get; init; }

    /// <summary>JSON of a <see cref="KeptAnswer"/>.</summary>
    public required string Answer { get; init; }

    /// <summary>What its owner says of the answer; null: nothing. Useful ones are learned from where models are adapted to the tenant.</summary>
    public bool? Useful { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
