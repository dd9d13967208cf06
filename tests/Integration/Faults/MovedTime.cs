namespace Tessera.Integration.Faults;

/// <summary>The machine's time, which can be put forward, so that what waits to be tried again is due.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long moved;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref moved));

    public void Move(TimeSpan by) => Interlocked.Add(ref moved, by.Ticks);
}
