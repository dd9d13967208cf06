namespace Tessera.Host.Jobs;

internal static class JobsSlice
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes) => routes;
}
