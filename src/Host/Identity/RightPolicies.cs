using Microsoft.AspNetCore.Authorization;

namespace Tessera.Host.Identity;

/// <summary>One policy for each right; endpoints name theirs by <see cref="RequireRight{T}"/>.</summary>
internal static class RightPolicies
{
    public static string Name(Right right) => $"right:{right}";

    /// <summary>Callers without a name get 401, callers without the right 403.</summary>
    public static T RequireRight<T>(this T endpoint, Right right)
        where T : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(Name(right)).WithMetadata(new RequiredRight(right));

    public static void Add(AuthorizationOptions options)
    {
        foreach (var right in Enum.GetValues<Right>())
        {
            options.AddPolicy(Name(right), policy => policy.RequireAuthenticatedUser().AddRequirements(new RequiredRight(right)));
        }

        options.DefaultPolicy = Deny();
        options.FallbackPolicy = Deny();
    }

    // An endpoint that names no right lets nobody in; what routing itself answers (404, 405, 415) is for those who are somebody.
    private static AuthorizationPolicy Deny() => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
        .Build();
}
