namespace Tessera.Host.Answers.Load;

/// <summary>
/// Places that questions take and leave, and when the next who was sent away finds one: each is promised a time of its own, as far after the one before as
/// questions end after each other, so those who come again do not all come at once. Not for concurrent use.
/// </summary>
/// <param name="most">How many places there are.</param>
/// <param name="time">Now.</param>
internal sealed class PlaceQueue(int most, TimeProvider time)
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

    public bool IsFull => Taken >= most;

    public void Enter() => Taken++;

    /// <summary>Only while half of the places or more are taken, the pace is that of work, and not that of people who ask.</summary>
    public void Leave()
    {
        var isBusy = Taken * 2 >= most;
        if (isBusy && left is { } before)
        {
            gap += (time.GetElapsedTime(before) - gap) * Share;
        }

        left = isBusy ? time.GetTimestamp() : null;
        Taken--;
    }

    /// <summary>How long the next who is sent away should wait.</summary>
    public TimeSpan Promise()
    {
        var now = time.GetUtcNow();
        var soonest = now + Soonest;
        promised = (promised > soonest ? promised : soonest) + gap;
        promised = promised < now + Latest ? promised : now + Latest;
        return promised - now;
    }
}
