using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Plugins;

internal static class PluginsSlice
{
    public static IServiceCollection AddPlugins(this IServiceCollection services) => services
        .AddSingleton(provider => PublisherKeys.Load(provider.GetRequiredService<TesseraOptions>().Publishers))
        .AddSingleton<PackageVerifier>()
        .AddSingleton<PluginFiles>()
        .AddSingleton<PackageReader>()
        .AddSingleton<PackageArchives>()
        .AddSingleton<PluginGolden>()
        .AddSingleton<PluginInstaller>()
        .AddSingleton<PluginViews>()
        .AddSingleton<BundledGolden>()
        .AddHostedService(provider => provider.GetRequiredService<BundledGolden>())
        .AddScoped<PluginReconciler>()
        .AddSingleton<PluginFollower>()
        .AddSingleton<LoadedPlugins>()
        .AddScoped<EnabledDomains>()
        .AddScoped<DomainWorkspaces>();

    public static IEndpointRouteBuilder MapPlugins(this IEndpointRouteBuilder routes)
    {
        routes.MapPluginRoutes();
        return routes;
    }
}
