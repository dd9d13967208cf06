using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Errors;

namespace Tessera.Host.Observability;

/// <summary>For whoever watches the process. Anybody learns whether it is live and ready; what lies behind that, those who may read <c>/metrics</c>.</summary>
internal static class HealthRoutes
{
    private const string NotReady = "It is starting, or something that it needs does not answer.";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var views = MetricsAccess.Has(context) ? report.Entries.Select(entry => CheckView.Of(entry.Key, entry.Value)).ToList() : null;
        if (report.Status != HealthStatus.Unhealthy)
        {
            return views is null ? Results.Json(new { status = "ready" }) : Results.Json(new { status = "ready", checks = views });
        }

        var problem = Problems.Details(ErrorCode.Unavailable, NotReady, context);
        if (views is not null)
        {
            problem.Extensions["checks"] = views;
        }

        return Results.Json(problem, contentType: "application/problem+json", statusCode: ErrorCode.Unavailable.Status);
    }

    /// <param name="Name">What was looked at.</param>
    /// <param name="Status"><c>ok</c>, <c>degraded</c> (Tessera works and does less) or <c>failed</c>.</param>
    /// <param name="Detail">What was found; null where there is nothing to say.</param>
    internal sealed record CheckView(string Name, string Status, string? Detail, double Milliseconds)
    {
        public static CheckView Of(string name, HealthReportEntry entry) => new(
            name,
            entry.Status switch { HealthStatus.Healthy => "ok", HealthStatus.Degraded => "degraded", _ => "failed" },
            entry.Description,
            Math.Round(entry.Duration.TotalMilliseconds, 1));
    }
}
