using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tessera.Host.Errors;
using Tessera.Host.Startup;

namespace Tessera.Host.Identity;

/// <summary><c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerLookup callers, KnownCallers known, TesseraOptions host)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";
    public const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";
    private const int LongestKey = 512;

    /// <summary>Whether a request brings a key, good or bad: then no cookie counts.</summary>
    public static bool IsPresent(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Headers.ContainsKey("Authorization");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = PresentedBy(Request);
        if (key is null)
        {
            return AuthenticateResult.Fail("No key, or more than one.");
        }

        if (host.Operator is { Tenant: { } tenant } door && KeyText.Same(key, door.Key))
        {
            return AuthenticateResult.Success(new AuthenticationTicket(CallerClaims.OfOperator(tenant, SchemeName), SchemeName));
        }

        if (host.MetricsKey is { } metrics && KeyText.Same(key, metrics))
        {
            // Nobody's: good for figures alone, which ask for it themselves.
            return AuthenticateResult.NoResult();
        }

        if (await callers.ByKeyAsync(key, Context.RequestAborted) is not var (user, membership, row))
        {
            known.Forget(key);
            return AuthenticateResult.Fail("The key does not count.");
        }

        known.Learn(key, row.TenantId);
        return AuthenticateResult.Success(new AuthenticationTicket(CallerClaims.Write(user, membership, row.Scopes, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(Context, ErrorCode.Unauthenticated, "The key is unknown, expired or no longer allowed.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, ErrorCode.Forbidden, "The role or the scopes of this key do not allow this.");

    /// <summary>The one key that a request brings; null where there is none, or more than one.</summary>
    public static string? PresentedBy(HttpRequest request)
    {
        var own = request.Headers[Header];
        var authorization = request.Headers.Authorization;
        var key = (own.Count, authorization.Count) switch
        {
            (1, 0) => own[0],
            (0, 1) when authorization[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => authorization[0]![Bearer.Length..].Trim(),
            _ => null,
        };
        return key is { Length: > 0 and <= LongestKey } ? key : null;
    }
}
