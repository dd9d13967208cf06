using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>
/// Who works on what. A claim is a lease in the row, so that work of a dead process is taken up again; the tenant that
/// has the fewest workers and waited longest goes first, and no two workers, on whichever host, have the same document.
/// </summary>
internal sealed class WorkClaims(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>A worker that does not renew its lease for so long is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const int FewCuts = 3;
    private static readonly TimeSpan FirstCutWait = TimeSpan.FromSeconds(5);

    private readonly Guid host = Guid.NewGuid();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<TenantId, long> served = [];
    private readonly ConcurrentDictionary<Guid, WorkItem> held = [];
    private long claims;

    /// <summary>Work that is due, with its lease and this attempt counted; null where there is none.</summary>
    public async Task<WorkItem?> ClaimAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await using var scope = Open(out var catalog);

            // Begun as the only writer: no other host claims between what is read and what is written.
            await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
            var now = time.GetUtcNow();
            var busy = await catalog.Work.AsNoTracking().Where(row => row.LeaseUntil >= now)
                .Select(row => new { row.TenantId, row.DocumentId }).ToListAsync(cancellationToken);

            // Also those that this process still works on after their lease ran out, as when the machine slept.
            var documents = busy.Select(row => row.DocumentId).Union(held.Values.Select(work => work.DocumentId)).ToList();
            var dead = now - Lease;
            var due = catalog.Work.Where(row =>
                row.DueAt <= now && !row.Paused && (row.LeaseUntil == null || row.LeaseUntil < now) && !documents.Contains(row.DocumentId)
                && (row.Host == null || row.Host == host || row.DueAt <= dead));
            var tenants = await due.Select(row => row.TenantId).Distinct().ToListAsync(cancellationToken);
            if (tenants.Count == 0)
            {
                return null;
            }

            var next = tenants.OrderBy(tenant => busy.Count(row => row.TenantId == tenant))
                .ThenBy(tenant => served.GetValueOrDefault(tenant)).First();
            var work = await due.Where(row => row.TenantId == next)
                .OrderBy(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.Id).FirstAsync(cancellationToken);
            (work.LeaseUntil, work.Attempts) = (now + Lease, work.Attempts + 1);
            await catalog.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            served[next] = ++claims;
            held[work.Id] = work;
            return work;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Keeps a claim; false where it was lost or the work is gone.</summary>
    public async Task<bool> RenewAsync(WorkItem work, CancellationToken cancellationToken)
    {
        await using var scope = Open(out var catalog);
        var until = time.GetUtcNow() + Lease;
        return await catalog.Work.Where(row => row.Id == work.Id && row.Attempts == work.Attempts && row.LeaseUntil != null)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.LeaseUntil, until), cancellationToken) == 1;
    }

    /// <summary>Whoever claimed it works on it no more. To be called for each claim.</summary>
    public void Leave(WorkItem work) => held.TryRemove(work.Id, out _);

    /// <summary>Gives work back to be done later.</summary>
    /// <param name="work">The claim.</param>
    /// <param name="wait">Nobody takes it before.</param>
    /// <param name="counts">Whether the attempt counts among those that failed.</param>
    /// <param name="isHere">Whether it goes on with what this process has in memory.</param>
    public async Task ReturnAsync(WorkItem work, TimeSpan wait, bool counts, bool isHere = false)
    {
        await using var scope = Open(out var catalog);
        var due = time.GetUtcNow() + wait;
        var stays = isHere ? host : (Guid?)null;
        var attempts = counts ? work.Attempts : work.Attempts - 1;
        await catalog.Work.Where(row => row.Id == work.Id && row.Attempts == work.Attempts).ExecuteUpdateAsync(row => row
            .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null).SetProperty(x => x.DueAt, due).SetProperty(x => x.Attempts, attempts).SetProperty(x => x.Host, stays));
    }

    /// <summary>
    /// At the start of the data folder's one owner: whoever held a lease, or had something in memory, is dead. Work that was cut off some times waits, for
    /// it may be what the process died of: the rest goes first, and a process that dies for other reasons does not use up its attempts. Between hosts the
    /// leases that run out do the same.
    /// </summary>
    public async Task ReleaseAllAsync(CancellationToken cancellationToken)
    {
        await using var scope = Open(out var catalog);
        foreach (var work in await catalog.Work.Where(row => row.LeaseUntil != null || row.Host != null).ToListAsync(cancellationToken))
        {
            if (work is { LeaseUntil: not null, Attempts: >= FewCuts })
            {
                var wait = FirstCutWait * Math.Pow(2, Math.Min(work.Attempts - FewCuts, 10));
                work.DueAt = time.GetUtcNow() + (wait < Lease ? wait : Lease);
            }

            (work.LeaseUntil, work.Host) = (null, null);
        }

        await catalog.SaveChangesAsync(cancellationToken);
    }

    /// <summary>When this host stops: others need not wait for what it had in memory.</summary>
    public async Task ForgetAsync()
    {
        await using var scope = Open(out var catalog);
        await catalog.Work.Where(row => row.Host == host).ExecuteUpdateAsync(row => row.SetProperty(x => x.Host, (Guid?)null));
    }

    public void Dispose() => turn.Dispose();

    private AsyncServiceScope Open(out CatalogDbContext catalog)
    {
        var scope = scopes.CreateAsyncScope();
        catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        return scope;
    }
}
