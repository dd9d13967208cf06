using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tessera.Sdk;

namespace Tessera.Rag.Telemetry;

/// <summary>One answer as those who watch see it: its span and its figures.</summary>
internal static class AnswerTelemetry
{
    private const string Unfinished = "unfinished";

    /// <summary>The same events, watched. An answer that a fault or its reader ended counts as <c>unfinished</c>.</summary>
    public static async IAsyncEnumerable<AnswerEvent> WatchedAsync(
        this IAsyncEnumerable<AnswerEvent> events, string domain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var of = new KeyValuePair<string, object?>(EngineTelemetry.Domain, domain);
        EngineTelemetry.Questions.Add(1, of);
        using var span = EngineTelemetry.Span("tessera.answer")?.SetTag(EngineTelemetry.Domain, domain);
        Answer? answer = null;
        try
        {
            await foreach (var step in events.WithinAsync(span, cancellationToken).ConfigureAwait(false))
            {
                answer = step switch
                {
                    AnswerEvent.Completed completed => completed.Answer,
                    AnswerEvent.Refused refused => refused.Answer,
                    _ => answer,
                };
                yield return step;
            }
        }
        finally
        {
            var outcome = answer switch { null => Unfinished, { Status: AnswerStatus.Answered } => "answered", _ => "refused" };
            var mode = answer switch { null => Unfinished, { Receipt.Mode: AnswerMode.Extractive } => "extractive", _ => "model" };
            EngineTelemetry.AnswerDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds, of, new(EngineTelemetry.Outcome, outcome), new(EngineTelemetry.Mode, mode));
            span?.SetTag(EngineTelemetry.Outcome, outcome).SetTag(EngineTelemetry.Mode, mode);
            if (answer is not null)
            {
                Tell(answer.Receipt, span, of, new(EngineTelemetry.Mode, mode));
            }
        }
    }

    private static void Tell(Receipt receipt, Activity? span, KeyValuePair<string, object?> domain, KeyValuePair<string, object?> mode)
    {
        EngineTelemetry.FirstToken.Record(receipt.FirstTokenMs / 1000, domain, mode);
        if (receipt.TokensPerSecond is { } rate)
        {
            EngineTelemetry.TokenRate.Record(rate, domain);
        }

        span?.SetTag(EngineTelemetry.Passages, receipt.Passages).SetTag("tessera.tokens.in", receipt.TokensIn).SetTag("tessera.tokens.out", receipt.TokensOut);
    }
}
