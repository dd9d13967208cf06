using Mediator;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Tessera.Host.Identity;

/// <summary>Sign-in and sign-out for forms of our own pages; both need the antiforgery token.</summary>
internal static class AccountRoutes
{
    public const string SignInPage = "/sign-in";

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ExcludeFromDescription();
        account.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        account.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        account.MapGet("/antiforgery", Token).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl,
        HttpContext context, IMediator mediator, CancellationToken cancellationToken)
    {
        var back = LocalUrl(returnUrl);
        var outcome = await mediator.Send(new SignIn(name ?? "", password ?? ""), cancellationToken);
        if (outcome is not SignInOutcome.Welcome welcome)
        {
            return Results.LocalRedirect($"{SignInPage}?failed=1&returnUrl={Uri.EscapeDataString(back)}");
        }

        await context.SignInAsync(
            SessionEvents.SchemeName, CallerClaims.Write(welcome.User, welcome.Membership, [], SessionEvents.SchemeName));
        return Results.LocalRedirect(back);
    }

    // The form is asked for so that the token in it is checked.
    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, HttpContext context)
    {
        await context.SignOutAsync(SessionEvents.SchemeName);
        return Results.LocalRedirect(LocalUrl(returnUrl ?? SignInPage));
    }

    private static IResult Token(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return Results.Json(new { header = CallerDoor.TokenHeader, field = tokens.FormFieldName, token = tokens.RequestToken });
    }

    private static string LocalUrl(string? url) =>
        url is ['/', ..] && url is not (['/', '/', ..] or ['/', '\\', ..]) && !url.Any(char.IsControl) ? url : "/";
}
