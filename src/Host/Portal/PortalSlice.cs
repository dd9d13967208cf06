using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor.Services;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

internal static class PortalSlice
{
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        services.AddScoped(services => new PortalSession(
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<AuthenticationStateProvider>(),
            services.GetRequiredService<NavigationManager>(),
            services.GetRequiredService<TesseraOptions>()));
        return services;
    }

    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowAnonymous();
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireRight(Right.Ask);
        return routes;
    }
}
