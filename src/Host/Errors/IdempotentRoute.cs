namespace Tessera.Host.Errors;

/// <summary>Marks endpoints that take an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentRoute
{
    private IdempotentRoute()
    {
    }

    public static IdempotentRoute Instance { get; } = new();
}

internal static class IdempotentRouteExtensions
{
    /// <summary>A POST that is sent again with the same <c>Idempotency-Key</c> gets the first reply.</summary>
    public static T Idempotent<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(IdempotentRoute.Instance);
}
