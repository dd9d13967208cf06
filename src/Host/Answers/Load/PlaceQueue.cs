namespace Tessera.Host.Answers.Load;

/// <summary>
/// Places that questions take and leave, and when the next who was sent away finds one: each is promised a time of its own, as far after the one before as
/// questions end after each other, so those who come again do not all come at once. Not for concurrent use.
/// </summary>
internal sealed class PlaceQueue(TimeProvider time)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);

    // Of each new measure so much counts.
    private const double Share = 1 / 16.0;

    private long? left;
    private TimeSpan gap = TimeSpan.FromMilliseconds(10);
    private DateTimeOffset promised;

    /// <summary>How many are taken.</summary>
    public int Taken { get; private set; }

    public void Enter() => Taken++;

    public void Leave()
    {
        Taken--;
        if (left is { } before)
        {
            gap += (time.GetElapsedTime(before) - gap) * Share;
        }

        left = time.GetTimestamp();
    }

    /// <summary>How long the next who is sent away should wait.</summary>
    public TimeSpan Promise()
    {
        var (now, soonest) = (time.GetUtcNow(), time.GetUtcNow() + Soonest);
        promised = (promised > soonest ? promised : soonest) + gap;
        promised = promised < now + Latest ? promised : now + Latest;
        return promised - now;
    }
}
