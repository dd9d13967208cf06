using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tessera.Rag.Telemetry;

/// <summary>A span whose length is a figure too; both end when it is disposed of.</summary>
/// <param name="span">Null where nobody listens.</param>
/// <param name="duration">Takes seconds.</param>
/// <param name="key">What the figure is split by.</param>
/// <param name="value">Of few.</param>
internal sealed class TimedSpan(Activity? span, Histogram<double> duration, string key, string value) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public void Tag(string name, object told) => span?.SetTag(name, told);

    public void Dispose()
    {
        duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>(key, value));
        span?.Dispose();
    }
}
