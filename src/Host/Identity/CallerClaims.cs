using System.Security.Claims;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>A caller as claims: written anew from the rows on every request, never taken over from a cookie.</summary>
internal static class CallerClaims
{
    public const string Tenant = "tessera:tenant";
    public const string Role = "tessera:role";
    public const string Platform = "tessera:platform";
    public const string Scope = "tessera:scope";
    public const string Stamp = "tessera:stamp";

    public static ClaimsPrincipal Write(User user, Membership membership, IReadOnlyList<string> scopes, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString("D")));
        identity.AddClaim(new Claim(ClaimTypes.Name, user.UserName ?? ""));
        identity.AddClaim(new Claim(Tenant, membership.TenantId.ToString()));
        identity.AddClaim(new Claim(Role, membership.Role.ToString()));
        identity.AddClaim(new Claim(Stamp, user.SecurityStamp ?? ""));
        if (user.IsPlatformAdministrator)
        {
            identity.AddClaim(new Claim(Platform, "true"));
        }

        identity.AddClaims(scopes.Select(scope => new Claim(Scope, scope)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The person at the machine.</summary>
    public static ClaimsPrincipal OfOperator(TenantId tenant, string scheme)
    {
        var caller = CallerIdentity.Operator;
        return Write(
            new User { Id = caller.UserId, UserName = "operator", IsPlatformAdministrator = caller.IsPlatformAdministrator },
            new Membership { UserId = caller.UserId, TenantId = tenant, Role = caller.Role },
            caller.Scopes,
            scheme);
    }

    /// <summary>The caller of an authenticated principal; null for anybody else.</summary>
    public static (TenantId Tenant, CallerIdentity Caller)? Read(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true }
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)
        && Guid.TryParse(principal.FindFirstValue(Tenant), out var tenant)
        && Enum.TryParse<TenantRole>(principal.FindFirstValue(Role), out var role)
            ? (new TenantId(tenant), new CallerIdentity(
                user, role, principal.HasClaim(Platform, "true"), [.. principal.FindAll(Scope).Select(claim => claim.Value)]))
            : null;
}
