using Microsoft.AspNetCore.Authorization;
using Tessera.Host.Identity;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Observability;

/// <summary>
/// Who may look inside by <c>/metrics</c> and <c>/health/ready</c>: platform administrators, and whoever has the key that is good for
/// nothing else. Nobody without one, on this machine either.
/// </summary>
internal sealed class MetricsAccess(IHttpContextAccessor accessor) : AuthorizationHandler<MetricsAccess.Asked>
{
    public const string Policy = "metrics";
    private const string Bearer = "Bearer ";

    public static bool Has(HttpContext context)
    {
        var tenant = context.RequestServices.GetRequiredService<CurrentTenant>();
        var key = context.RequestServices.GetRequiredService<TesseraOptions>().MetricsKey;
        return (tenant.IsSet && tenant.Caller.Has(Right.ManagePlatform))
            || (key is not null && context.Request.Headers.Authorization is [{ } sent]
                && sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && KeyText.Same(sent[Bearer.Length..].Trim(), key));
    }

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Asked requirement)
    {
        if (accessor.HttpContext is { } http && Has(http))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>The policy's one requirement.</summary>
    internal sealed record Asked : IAuthorizationRequirement;
}
