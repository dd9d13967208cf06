namespace Tessera.Host.OpenAi;

internal static class OpenAiSlice
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services) => services.AddScoped<NamedModels>().AddScoped<DomainPick>();

    public static IEndpointRouteBuilder MapOpenAi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenAiRoutes();
        return routes;
    }
}
