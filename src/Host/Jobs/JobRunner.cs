using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Tenants;
using Tessera.Rag;

namespace Tessera.Host.Jobs;

/// <summary>Takes due work and does it, each piece in a scope of its tenant. Any number may run at once.</summary>
internal sealed class JobRunner(IServiceScopeFactory scopes, WorkClaims claims, JobClock clock, ILogger<JobRunner> logger)
{
    private const int MostAttempts = 8;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Works until nothing is due that nobody else has; returns how many pieces of work it did.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        for (; await claims.ClaimAsync(cancellationToken) is { } work; done++)
        {
            await RunAsync(work, cancellationToken);
        }

        return done;
    }

    private async Task RunAsync(WorkItem work, CancellationToken cancellationToken)
    {
        await using var lease = new LeaseHold(claims, work, cancellationToken);
        Job? job = null;
        try
        {
            await using var scope = Open(work);
            var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
            job = await rows.Jobs.FirstOrDefaultAsync(row => row.Id == work.JobId, lease.Token);
            if (job is null)
            {
                await rows.Work.Where(row => row.Id == work.Id).ExecuteDeleteAsync(lease.Token);
                return;
            }

            if (work.Attempts > MostAttempts)
            {
                throw new PermanentException("gave-up", job.Domain is null
                    ? "Work on the file was cut off again and again. Split it, or retry it when the machine has more memory to spare."
                    : "Work on the index was cut off again and again. The next start tries again; see that the machine has memory to spare.");
            }

            if (!await RunAsync(job, scope.ServiceProvider, lease.Token))
            {
                // Its turn is over: what waits goes first.
                await claims.ReturnAsync(work, TimeSpan.Zero, counts: false);
            }
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            logger.LogWarning("The lease of job {Job} was lost", work.JobId);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await claims.ReturnAsync(work, TimeSpan.Zero, counts: false);
            throw;
        }
        catch (Exception fault)
        {
            await EndAsync(work, isIndex: job?.Domain is not null, fault);
        }
    }

    // False where more is to be done.
    private static async Task<bool> RunAsync(Job job, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (job.Kind == JobKind.Reindex)
        {
            return await services.GetRequiredService<ReindexJob>().RunAsync(job, cancellationToken);
        }

        await (job.Kind switch
        {
            JobKind.Purge => services.GetRequiredService<PurgeJob>().RunAsync(job, cancellationToken),
            JobKind.Tidy => services.GetRequiredService<TidyJob>().RunAsync(job, cancellationToken),
            _ => services.GetRequiredService<IngestJob>().RunAsync(job, cancellationToken),
        });
        return true;
    }

    private async Task EndAsync(WorkItem work, bool isIndex, Exception fault)
    {
        var full = Faults.IsDiskFull(fault);
        if (full || (MayPass(fault) && work.Attempts < MostAttempts))
        {
            logger.LogWarning(fault, "Job {Job} is tried again", work.JobId);
            var wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(work.Attempts - 1, 20)));
            await claims.ReturnAsync(work, wait, counts: !full);
            clock.WakeIn(wait);
            await WriteAsync(work, progress => progress.WaitAsync(work.JobId, CancellationToken.None));
            return;
        }

        logger.LogError(fault, "Job {Job} failed", work.JobId);
        var (code, reason) = fault is PermanentException permanent
            ? (permanent.Code, permanent.Message)
            : ("internal", isIndex
                ? "Something broke here while the index was built. It was logged; the next start tries again. Searches go on in the one that there is."
                : "Something broke here while the file was read. It was logged; retry it, or tell the administrator.");
        await WriteAsync(work, progress => progress.FailAsync(work.JobId, code, reason, CancellationToken.None));
    }

    // A scope of its own: what the failed work left unsaved in its own must not be saved by the way.
    private async Task WriteAsync(WorkItem work, Func<IngestProgress, Task> write)
    {
        await using var scope = Open(work);
        await write(scope.ServiceProvider.GetRequiredService<IngestProgress>());
    }

    private static bool MayPass(Exception fault) =>
        fault is TransientException or IOException or SqliteException or DbUpdateException or TimeoutException or UnauthorizedAccessException;

    private AsyncServiceScope Open(WorkItem work)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(work.TenantId, CallerIdentity.Operator);
        return scope;
    }
}
