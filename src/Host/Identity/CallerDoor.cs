using Microsoft.AspNetCore.Antiforgery;
using Tessera.Host.Errors;
using Tessera.Host.Observability;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary>
/// The door of every request: says once whose it is. A session on the API must come from our own pages and, where it
/// changes something, bring the antiforgery token as a header.
/// </summary>
internal sealed class CallerDoor(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string TokenHeader = "X-CSRF-TOKEN";

    public async Task InvokeAsync(HttpContext context, CurrentTenant current)
    {
        if (CallerClaims.Read(context.User) is var (tenant, caller))
        {
            if (context.User.Identity!.AuthenticationType == SessionEvents.SchemeName
                && ApiPath.Is(context.Request) && !await IsOurOwnPageAsync(context))
            {
                await Problems.WriteAsync(context, ErrorCode.CrossSite, $"Send the token of GET /account/antiforgery as {TokenHeader}, or use a key.");
                return;
            }

            current.Set(tenant, caller);
            HostTelemetry.For(tenant);
        }

        await next(context);
    }

    private async Task<bool> IsOurOwnPageAsync(HttpContext context)
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin") && !(safe && site == "none"))
        {
            return false;
        }

        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
        {
            return false;
        }

        // The header alone: a form of 100 MB is not read to find a token in it.
        return safe || (request.Headers.ContainsKey(TokenHeader) && await antiforgery.IsRequestValidAsync(context));
    }
}
