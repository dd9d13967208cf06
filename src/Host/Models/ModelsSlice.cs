using Tessera.Host.Startup;

namespace Tessera.Host.Models;

internal static class ModelsSlice
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton<ModelFiles>()
        .AddSingleton<ModelMemory>()
        .AddSingleton<ModelAdapters>()
        .AddSingleton<ModelInstaller>()
        .AddSingleton<ModelPulls>()
        .AddSingleton<RemoteKeys>()
        .AddSingleton(provider => provider.GetRequiredService<TesseraOptions>().ModelTrial ?? new ModelTrial())
        .AddSingleton(provider => provider.GetRequiredService<TesseraOptions>().ModelHub ?? new NoModelHub())
        .AddScoped<ModelReconciler>()
        .AddScoped<ModelResolver>();

    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapModelRoutes();
        routes.MapTenantModelRoutes();
        return routes;
    }
}
