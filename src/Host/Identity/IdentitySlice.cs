using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Tessera.Host.Data;
using Tessera.Host.Startup;

namespace Tessera.Host.Identity;

internal static class IdentitySlice
{
    private const string ByRequest = "ByRequest";

    public static IServiceCollection AddIdentity(this IServiceCollection services, TesseraOptions options)
    {
        services.AddDataProtection().SetApplicationName("Tessera").PersistKeysToFileSystem(new DirectoryInfo(options.KeysFolder));
        services.AddIdentityCore<User>(identity =>
        {
            identity.Password.RequiredLength = SecretRules.MinimumPassword;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Lockout.MaxFailedAccessAttempts = 10;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddEntityFrameworkStores<CatalogDbContext>();
        services.AddAuthentication(ByRequest)
            .AddPolicyScheme(ByRequest, null, scheme => scheme.ForwardDefaultSelector = context =>
                KeyAuthentication.IsPresent(context.Request) ? KeyAuthentication.SchemeName : SessionEvents.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddCookie(SessionEvents.SchemeName, Session);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = CallerDoor.TokenHeader;
            antiforgery.Cookie.Name = "tessera.antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthorization(RightPolicies.Add);
        services.AddScoped<IAuthorizationHandler, RightHandler>();
        services.AddScoped<CallerLookup>().AddSingleton<KnownCallers>().AddScoped<SessionEvents>().AddScoped<FirstStart>();
        services.AddScoped<UserDoor>().AddScoped<KeyDoor>().AddScoped<PlatformAdministrators>();
        return services;
    }

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapAccount();
        routes.MapUserRoutes();
        routes.MapKeyRoutes();
        return routes;
    }

    private static void Session(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "tessera.session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.LoginPath = AccountRoutes.SignInPage;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.EventsType = typeof(SessionEvents);
    }
}
