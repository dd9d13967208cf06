using Tessera.Host.Data;

namespace Tessera.Host.Jobs;

/// <summary>Renews a lease while its work is done; cancels the work where the lease is lost.</summary>
internal sealed class LeaseHold : IAsyncDisposable
{
    private readonly WorkClaims claims;
    private readonly WorkItem work;
    private readonly CancellationTokenSource ended;
    private readonly CancellationTokenSource disposed = new();
    private readonly Task renewing;

    public LeaseHold(WorkClaims claims, WorkItem work, CancellationToken cancellationToken)
    {
        (this.claims, this.work) = (claims, work);
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        renewing = RenewAsync();
    }

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Token => ended.Token;

    /// <summary>Somebody else has the work, or it is gone.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await renewing;
        claims.Leave(work);
        disposed.Dispose();
        ended.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            do
            {
                await Task.Delay(WorkClaims.Lease / 4, disposed.Token);
            }
            while (await IsKeptAsync());

            IsLost = true;
            await ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    // A disk that is full just now takes no lease away: there are more tries before it runs out.
    private async Task<bool> IsKeptAsync()
    {
        try
        {
            return await claims.RenewAsync(work, disposed.Token);
        }
        catch (Exception fault) when (DatabaseFaults.MayPass(fault))
        {
            return true;
        }
    }
}
