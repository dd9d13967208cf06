using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Conversations;

/// <summary>Questions that one user asks of one domain, each understood with those before. Nobody else sees it.</summary>
internal sealed class Conversation : ITenantOwned
{
    /// <summary>Version 7, so that ids sort by age.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid UserId { get; init; }

    public required string Domain { get; init; }

    /// <summary>The beginning of the first question; empty until one was answered.</summary>
    public string Title { get; set; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the last turn.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
