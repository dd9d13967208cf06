using Tessera.Host.Hosts;

namespace Tessera.Integration.Faults;

/// <summary>Turns that may fail to come.</summary>
internal sealed class FaultingTurns(FaultPlan plan, ITurns inner) : ITurns
{
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        plan.Pass("before a turn");
        return await inner.TakeAsync(name, cancellationToken);
    }

    // Workers share one whenever they look for work, as the clock has it: calls could not be numbered.
    public Task<IAsyncDisposable> ShareAsync(string name, CancellationToken cancellationToken) => inner.ShareAsync(name, cancellationToken);
}

/// <summary>The machine's time, which can be put forward, so that what waits to be tried again is due.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long moved;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref moved));

    public void Move(TimeSpan by) => Interlocked.Add(ref moved, by.Ticks);
}
