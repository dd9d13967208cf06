using Hangfire;
using Hangfire.Dashboard;
using Tessera.Host.Identity;

namespace Tessera.Host.Jobs;

/// <summary>Hangfire's own pages: which hosts and workers there are and what wakes them. For looking only: what is to be done stands in our rows.</summary>
internal static class WorkersDashboard
{
    public const string Path = "/workers";

    public static void MapWorkers(this IEndpointRouteBuilder routes)
    {
        var options = new DashboardOptions
        {
            // Whoever comes so far has the right; Hangfire's own rule would let in whoever is on this machine.
            Authorization = [],
            IsReadOnlyFunc = _ => true,
            AppPath = "/jobs",
            DashboardTitle = "Tessera: workers",
            DisplayStorageConnectionString = false,
        };

        // Hangfire's own way to map it takes its storage from statics, and there may be several hosts in one process.
        var pages = routes.CreateApplicationBuilder().UsePathBase(Path)
            .UseMiddleware<AspNetCoreDashboardMiddleware>(routes.ServiceProvider.GetRequiredService<JobStorage>(), options, DashboardRoutes.Routes);
        pages.Run(NotFound);

        // Its pages ask for their counts by POST.
        routes.MapMethods($"{Path}/{{**page}}", ["GET", "POST"], pages.Build()).ExcludeFromDescription().RequireRight(Right.ManagePlatform);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
