using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>When a question came and when its first text was there; made when the question comes. For one answer.</summary>
internal sealed class AnswerTimes(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private long? _first;

    /// <summary>Text is there; later calls change nothing.</summary>
    public void MarkFirst() => _first ??= clock.GetTimestamp();

    public TimeSpan First => clock.GetElapsedTime(_started, _first ?? clock.GetTimestamp());

    public TimeSpan Total => clock.GetElapsedTime(_started);

    /// <summary>The receipt of an answer in which no model took part.</summary>
    public Receipt WithoutModel(int passages) => new(
        AnswerMode.Extractive,
        Model: null,
        Adapter: null,
        TokensIn: 0,
        TokensOut: 0,
        First.TotalMilliseconds,
        Total.TotalMilliseconds,
        TokensPerSecond: null,
        passages,
        Cut: 0,
        BytesSent: 0);
}
