using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Startup;

/// <summary>For whoever watches the process: says nothing of what is inside, so anybody may ask.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CatalogDbContext catalog, CancellationToken cancellationToken)
    {
        if (readiness.IsReady && await catalog.Database.CanConnectAsync(cancellationToken))
        {
            return Results.Json(new { status = "ready" });
        }

        return Problems.Of(ErrorCode.Unavailable, "It is starting, or its database does not answer.");
    }
}
