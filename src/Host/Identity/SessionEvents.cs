using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>A session counts while its user's stamp does; the API answers with problems, pages lead to the sign-in page.</summary>
internal sealed class SessionEvents(CallerLookup callers) : CookieAuthenticationEvents
{
    public const string SchemeName = "Session";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (CallerClaims.Read(context.Principal!) is var (tenant, caller)
            && context.Principal!.FindFirstValue(CallerClaims.Stamp) is { Length: > 0 } stamp
            && await callers.BySessionAsync(caller.UserId, tenant, stamp, context.HttpContext.RequestAborted) is var (user, membership))
        {
            context.ReplacePrincipal(CallerClaims.Write(user, membership, [], SchemeName));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SchemeName);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!ApiPath.Is(context.Request))
        {
            return base.RedirectToLogin(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(context.HttpContext, ErrorCode.Unauthenticated, "Sign in, or send a key as Authorization: Bearer.");
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        Problems.WriteAsync(context.HttpContext, ErrorCode.Forbidden, "Your role does not allow this.");
}
