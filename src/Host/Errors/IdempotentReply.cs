using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Errors;

/// <summary>The first reply to a request with an <c>Idempotency-Key</c>, kept for a day; without a reply it still runs.</summary>
internal sealed class IdempotentReply : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Method and path.</summary>
    public required string Route { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the request's body, lower-case hex.</summary>
    public required string BodySha256 { get; set; }

    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while the first request runs.</summary>
    public int? StatusCode { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public byte[]? Body { get; set; }
}
