using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tessera.Sdk;

namespace Tessera.Host.Observability;

/// <summary>
/// What the host tells those who watch it, beside what the engine tells. Kinds, counts, durations, ids of tenants and domains and outcomes;
/// never a text, a name or an id of a document.
/// </summary>
internal static class HostTelemetry
{
    /// <summary>The source's and the meter's name.</summary>
    public const string Name = "Tessera.Host";

    public const string Tenant = "tessera.tenant";
    public const string Kind = "tessera.kind";
    public const string Outcome = "tessera.outcome";
    private const string Domain = "tessera.domain";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Documents = Meter.CreateCounter<long>(
        "tessera.documents", "{document}", "Documents that became searchable or failed.");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "tessera.job.attempts", "{attempt}", "Attempts at jobs, by how they ended.");

    private static readonly Histogram<double> AttemptDuration = Meter.CreateHistogram(
        "tessera.job.duration", "s", "One attempt at a job.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.01, .05, .1, .5, 1, 5, 10, 30, 60, 300, 1800] });

    private static readonly Histogram<long> UploadSize = Meter.CreateHistogram(
        "tessera.upload.size", "By", "Bytes of accepted uploads.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1 << 10, 1 << 13, 1 << 16, 1 << 19, 1 << 22, 1 << 25, 1 << 28] });

    /// <summary>A file was taken in.</summary>
    public static void Uploaded(string domain, long bytes) => UploadSize.Record(bytes, new KeyValuePair<string, object?>(Domain, domain));

    /// <summary>A revision of a document can be searched.</summary>
    public static void Searchable() => Documents.Add(1, new KeyValuePair<string, object?>(Outcome, "searchable"));

    /// <summary>A revision of a document cannot be read.</summary>
    public static void Failed() => Documents.Add(1, new KeyValuePair<string, object?>(Outcome, "failed"));

    /// <summary>The current span is about work for a tenant.</summary>
    public static void For(TenantId tenant) => Activity.Current?.SetTag(Tenant, tenant.ToString());

    /// <summary>An attempt at a job is over.</summary>
    public static void Attempted(string kind, string outcome, TimeSpan duration)
    {
        var of = new KeyValuePair<string, object?>(Kind, kind);
        Attempts.Add(1, of, new KeyValuePair<string, object?>(Outcome, outcome));
        AttemptDuration.Record(duration.TotalSeconds, of);
    }
}
