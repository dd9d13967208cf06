using Tessera.Host.Startup;
using Tessera.Inference;

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
        .AddSingleton<IModelCatalog>(provider => new LlamaModelCatalog(
            provider.GetRequiredService<TesseraOptions>().Llama, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LlamaModelCatalog>>()))
        .AddSingleton<RemoteClients>()
        .AddScoped<ModelRents>()
        .AddScoped<ModelReconciler>()
        .AddScoped<ModelResolver>();

    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapModelRoutes();
        routes.MapTenantModelRoutes();
        return routes;
    }
}
