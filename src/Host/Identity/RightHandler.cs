using Microsoft.AspNetCore.Authorization;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary>Asks the caller who was let in at the door, never the claims that they brought.</summary>
internal sealed class RightHandler(CurrentTenant tenant) : AuthorizationHandler<RequiredRight>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredRight requirement)
    {
        if (tenant.IsSet && tenant.Caller.Has(requirement.Right))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
