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
