using System.Diagnostics;
using Tessera.Host.Jobs;

namespace Tessera.Host.Observability;

/// <summary>One attempt at a job as those who watch see it: a span that goes on with the trace of who asked for the job, and its figures.</summary>
internal sealed class JobAttempt : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private Activity? span;
    private string? kind;

    /// <summary>How it ended: <c>done</c>, <c>again</c> (tried again later), <c>failed</c>, <c>lost</c> (somebody else has it) or <c>stopped</c>.</summary>
    public string Outcome { get; set; } = "stopped";

    /// <summary>The job is known: its work begins.</summary>
    /// <param name="job">The job.</param>
    /// <param name="traceParent">The W3C trace context of who asked for it; null: a trace of its own.</param>
    public void Begin(Job job, string? traceParent)
    {
        kind = job.Kind.ToString();
        ActivityContext.TryParse(traceParent, null, out var parent);
        Activity.Current = null;
        span = HostTelemetry.Source.StartActivity("tessera.job", ActivityKind.Consumer, parent)
            ?.SetTag(HostTelemetry.Kind, kind)
            .SetTag(HostTelemetry.Tenant, job.TenantId.ToString());
    }

    public void Dispose()
    {
        if (kind is null)
        {
            return;
        }

        HostTelemetry.Attempted(kind, Outcome, Stopwatch.GetElapsedTime(started));
        span?.SetTag(HostTelemetry.Outcome, Outcome);
        if (Outcome == "failed")
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        span?.Dispose();
    }
}
