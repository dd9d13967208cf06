using Npgsql;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

internal static class JobsSlice
{
    public static IServiceCollection AddJobs(this IServiceCollection services, TesseraOptions options) => services
        .AddSingleton(provider => options.IsServer ? WakeUpStorage.Shared(provider.GetRequiredService<NpgsqlDataSource>()) : WakeUpStorage.InMemory())
        .AddSingleton<WorkClaims>()
        .AddSingleton<JobRunner>()
        .AddTransient<WakeUp>()
        .AddSingleton<JobClock>()
        .AddHostedService(provider => provider.GetRequiredService<JobClock>())
        .AddScoped<JobQueue>()
        .AddScoped<IngestProgress>()
        .AddScoped<IngestJob>()
        .AddScoped<PurgeJob>()
        .AddScoped<ArchiveEntries>();

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapJobRoutes();
        routes.MapWorkers();
        return routes;
    }
}
