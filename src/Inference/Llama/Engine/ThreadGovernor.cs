using System.Numerics;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// How many threads compute. They wait for each other by spinning, so one that the system takes away stops all: with a busy neighbour two threads on
/// two cores were measured up to 35 times slower than alone. Where steps take far longer than they can, one thread less is used for a
/// while, longer each time that it happens again. On the engine's thread.
/// </summary>
internal sealed class ThreadGovernor
{
    private const double Slow = 3;
    private const double Stalled = 12;
    private const int SlowInARow = 3;

    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(8);

    // The best time of a step with all threads, by the power of two of its tokens.
    private readonly double[] best = new double[32];
    private readonly int most;
    private readonly TimeProvider clock;
    private TimeSpan rest = ShortRest;
    private long restUntil;
    private int slowSteps;
    private int goodSteps;

    /// <param name="most">Threads when nothing disturbs.</param>
    /// <param name="clock">Measures the rests.</param>
    public ThreadGovernor(int most, TimeProvider clock)
    {
        this.most = most;
        this.clock = clock;
        Threads = most;
    }

    /// <summary>Threads of the next step.</summary>
    public int Threads { get; private set; }

    /// <summary>Learns from a step.</summary>
    /// <param name="tokens">Tokens that were read in it.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Observe(int tokens, TimeSpan elapsed)
    {
        if (most == 1)
        {
            return;
        }

        if (Threads < most)
        {
            if (clock.GetTimestamp() >= restUntil)
            {
                (Threads, slowSteps, goodSteps) = (most, 0, 0);
            }

            return;
        }

        var kind = BitOperations.Log2((uint)Math.Max(1, tokens));
        var seconds = elapsed.TotalSeconds;
        var normal = best[kind];
        // The best time ages, or one lucky step would count for ever.
        best[kind] = normal == 0 || seconds < normal ? seconds : normal * 1.0005;
        // One step alone is chance, however long it took; two that stalled are not.
        slowSteps = normal > 0 && seconds > Slow * normal ? slowSteps + (seconds > Stalled * normal ? 2 : 1) : 0;
        if (slowSteps >= SlowInARow)
        {
            Threads = most - 1;
            restUntil = clock.GetTimestamp() + (long)(rest.TotalSeconds * clock.TimestampFrequency);
            rest = rest * 2 < LongRest ? rest * 2 : LongRest;
            goodSteps = 0;
        }
        else if (slowSteps == 0 && ++goodSteps >= 200)
        {
            (rest, goodSteps) = (ShortRest, 0);
        }
    }
}
