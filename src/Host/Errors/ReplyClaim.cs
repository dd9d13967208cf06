namespace Tessera.Host.Errors;

/// <summary>What a request with an <c>Idempotency-Key</c> meets. Closed.</summary>
internal abstract record ReplyClaim
{
    private ReplyClaim()
    {
    }

    /// <summary>Nobody was here before: run, then keep or forget.</summary>
    internal sealed record First(IdempotentReply Reply) : ReplyClaim;

    /// <summary>It ran: this was the reply.</summary>
    internal sealed record Again(int StatusCode, string? ContentType, string? Location, byte[] Body) : ReplyClaim;

    /// <summary>The first still runs.</summary>
    internal sealed record Running : ReplyClaim;

    /// <summary>The key belongs to another body.</summary>
    internal sealed record Mismatch : ReplyClaim;
}
