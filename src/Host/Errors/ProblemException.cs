namespace Tessera.Host.Errors;

/// <summary>Ends a request with a problem. For doors and guards; handlers return their outcomes.</summary>
internal sealed class ProblemException(ErrorCode code, string detail, Exception? inner = null) : Exception(detail, inner)
{
    public ErrorCode Code { get; } = code;

    /// <summary>When to try again, where that helps.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
