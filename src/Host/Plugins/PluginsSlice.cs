namespace Tessera.Host.Plugins;

internal static class PluginsSlice
{
    public static IServiceCollection AddPlugins(this IServiceCollection services) => services
        .AddSingleton<LoadedPlugins>()
        .AddScoped<EnabledDomains>()
        .AddScoped<DomainWorkspaces>();

    public static IEndpointRouteBuilder MapPlugins(this IEndpointRouteBuilder routes) => routes;
}
