using Microsoft.AspNetCore.Authorization;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tessera.Host.Identity;
using Tessera.Host.Observability.Checks;
using Tessera.Host.Startup;
using Tessera.Rag.Telemetry;

namespace Tessera.Host.Observability;

/// <summary>Figures for whoever asks with the right to, traces and logs for a collector where one is named; else nothing leaves this machine.</summary>
internal static class ObservabilitySlice
{
    private static readonly string[] Unwatched = ["/health", "/metrics", "/_blazor", "/_framework", "/_content"];

    public static void AddObservability(this WebApplicationBuilder builder, TesseraOptions options)
    {
        builder.Services.AddTesseraChecks();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<IAuthorizationHandler, MetricsAccess>();
        builder.Services.Configure<AuthorizationOptions>(authorization =>
            authorization.AddPolicy(MetricsAccess.Policy, policy => policy.AddRequirements(new MetricsAccess.Asked())));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("tessera", serviceVersion: typeof(ObservabilitySlice).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(Measure);
        builder.Services.AddHostedService<MemoryGauges>();
        if (options.Operator is not null)
        {
            return;
        }

        builder.Services.AddHostedService<QueueWatch>();
        if (options.OtlpEndpoint is not null)
        {
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = options.OtlpEndpoint;
            builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = options.OtlpProtocol;
            builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] = options.OtlpHeaders;
            telemetry.WithTracing(Trace).WithLogging(logs => logs.AddProcessor(new LogFence()), line => line.IncludeFormattedMessage = true).UseOtlpExporter();
        }
    }

    public static void MapObservability(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapPrometheusScrapingEndpoint("/metrics")
            .RequireAuthorization(MetricsAccess.Policy)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), new RequiredRight(Right.ManagePlatform));
    }

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(
            EngineTelemetry.Name, HostTelemetry.Name, "System.Runtime", "System.Net.Http",
            "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics")
        .AddPrometheusExporter();

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(EngineTelemetry.Name, HostTelemetry.Name)
        .AddAspNetCoreInstrumentation(http =>
        {
            http.RecordException = false;
            http.EnableAspNetCoreSignalRSupport = false;
            http.Filter = context => !Array.Exists(Unwatched, start => context.Request.Path.StartsWithSegments(start));
        })
        .AddProcessor(new SpanFence());
}
