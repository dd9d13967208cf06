using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tessera.Rag.Telemetry;

/// <summary>Streams within a span.</summary>
internal static class SpanStream
{
    /// <summary>The same steps; what makes each of them belongs to the span, which is not ended here.</summary>
    public static async IAsyncEnumerable<T> WithinAsync<T>(
        this IAsyncEnumerable<T> steps, Activity? span, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = steps.GetAsyncEnumerator(cancellationToken);
        await using var end = reading.ConfigureAwait(false);
        while (true)
        {
            // What flows with the caller is the caller's again after each step.
            Activity.Current = span ?? Activity.Current;
            if (!await reading.MoveNextAsync().ConfigureAwait(false))
            {
                break;
            }

            yield return reading.Current;
        }
    }

    /// <summary>The same steps within a span of their own, begun by the first of them.</summary>
    public static async IAsyncEnumerable<T> WithinAsync<T>(
        this IAsyncEnumerable<T> steps, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = EngineTelemetry.Span(name);
        await foreach (var step in steps.WithinAsync(span, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }
    }
}
