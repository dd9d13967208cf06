namespace Tessera.Host.Jobs;

/// <summary>Renews a lease while its work is done; cancels the work where the lease is lost.</summary>
internal sealed class LeaseHold : IAsyncDisposable
{
    private readonly CancellationTokenSource ended;
    private readonly CancellationTokenSource disposed = new();
    private readonly Task renewing;

    public LeaseHold(WorkClaims claims, WorkItem work, CancellationToken cancellationToken)
    {
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        renewing = RenewAsync(claims, work);
    }

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Token => ended.Token;

    /// <summary>Somebody else has the work, or it is gone.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await renewing;
        disposed.Dispose();
        ended.Dispose();
    }

    private async Task RenewAsync(WorkClaims claims, WorkItem work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(WorkClaims.Lease / 4, disposed.Token);
                if (!await claims.RenewAsync(work, disposed.Token))
                {
                    IsLost = true;
                    await ended.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }
}
