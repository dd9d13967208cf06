using Tessera.Host.Startup;
using Tessera.Inference;
using Tessera.Inference.Hub;

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
        .AddSingleton(provider => Hub(provider.GetRequiredService<TesseraOptions>(), provider.GetRequiredService<TimeProvider>()))
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

    private static IModelHub Hub(TesseraOptions options, TimeProvider time) => options.ModelHub
        ?? new HubModels(options.HubUrl is { } url ? new HubOptions(new Uri(url), options.HubToken) : null, time);
}
