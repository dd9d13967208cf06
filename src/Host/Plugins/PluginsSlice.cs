namespace Tessera.Host.Plugins;

internal static class PluginsSlice
{
    public static IServiceCollection AddPlugins(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapPlugins(this IEndpointRouteBuilder routes) => routes;
}
