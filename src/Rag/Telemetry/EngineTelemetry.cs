using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tessera.Rag.Telemetry;

/// <summary>
/// What the engine tells those who watch it: spans of <see cref="Name"/> and figures of the meter of the same name. Kinds, counts, durations,
/// ids of domains and outcomes; never a text, a name or an id of a document. Costs next to nothing while nobody listens.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The source's and the meter's name.</summary>
    public const string Name = "Tessera.Rag";

    internal const string Domain = "tessera.domain";
    internal const string Outcome = "tessera.outcome";
    internal const string Mode = "tessera.mode";
    internal const string Stage = "tessera.stage";
    internal const string Passages = "tessera.passages";
    internal const string Chunks = "tessera.chunks";

    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Questions = Meter.CreateCounter<long>(
        "tessera.questions", "{question}", "Questions that answering began for.");

    internal static readonly Histogram<double> AnswerDuration = Seconds(
        "tessera.answer.duration", "From the question to the end of its answer; its count is the number of answers.");

    internal static readonly Histogram<double> FirstToken = Seconds(
        "tessera.answer.time_to_first_token", "From the question to the first text of its answer.");

    internal static readonly Histogram<double> TokenRate = Meter.CreateHistogram(
        "tessera.answer.token_rate", "{token}/s", "Speed at which a chat model wrote an answer.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });

    private static readonly Histogram<double> RetrievalDuration = Seconds(
        "tessera.retrieval.duration", "From a question to its passages.");

    private static readonly Histogram<double> IngestDuration = Seconds(
        "tessera.ingest.duration", "One stage of making a document searchable.");

    /// <summary>A piece of work within a question.</summary>
    internal static Activity? Span(string name) => Source.StartActivity(name);

    /// <summary>Everything from a question to its passages.</summary>
    internal static TimedSpan Retrieval(string domain)
    {
        var span = new TimedSpan(Span("tessera.retrieve"), RetrievalDuration, Domain, domain);
        span.Tag(Domain, domain);
        return span;
    }

    /// <summary>A stage of ingestion: read, cut, embed or store.</summary>
    internal static TimedSpan Ingest(string stage) => new(Span($"tessera.{stage}"), IngestDuration, Stage, stage);

    // The usual bounds are those of milliseconds.
    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300] });
}
