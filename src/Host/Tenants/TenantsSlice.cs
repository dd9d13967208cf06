namespace Tessera.Host.Tenants;

internal static class TenantsSlice
{
    public static IServiceCollection AddTenants(this IServiceCollection services) => services
        .AddScoped<CurrentTenant>()
        .AddScoped<TenantDoor>()
        .AddSingleton<TenantScopes>();

    public static IEndpointRouteBuilder MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapTenantRoutes();
        return routes;
    }
}
