namespace Tessera.Host.Adapting;

internal static class AdaptingSlice
{
    public static IServiceCollection AddAdapting(this IServiceCollection services) => services
        .AddSingleton<AdaptedFiles>()
        .AddSingleton<AdaptedModels>()
        .AddSingleton<AdaptationReconciler>()
        .AddSingleton<AdaptationRuns>()
        .AddSingleton<TrainingChild>()
        .AddSingleton<HeadingCounts>()
        .AddScoped<AdaptationTidy>()
        .AddScoped<AdaptationMaterial>()
        .AddScoped<AdaptationOffer>()
        .AddScoped<AdaptationWork>()
        .AddScoped<AdaptationEnds>()
        .AddScoped<AdaptJob>();

    public static IEndpointRouteBuilder MapAdapting(this IEndpointRouteBuilder routes)
    {
        routes.MapAdaptationRoutes();
        return routes;
    }
}
