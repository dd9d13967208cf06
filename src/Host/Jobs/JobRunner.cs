using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Observability;
using Tessera.Host.Tenants;
using Tessera.Rag;

namespace Tessera.Host.Jobs;

/// <summary>Takes due work and does it, each piece in a scope of its tenant. Any number may run at once.</summary>
internal sealed class JobRunner(IServiceScopeFactory scopes, WorkClaims claims, JobClock clock, ITurns turns, ILogger<JobRunner> logger)
{
    private const int MostAttempts = 8;
    private const int MostCuts = 12;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Works until nothing is due that nobody else has; returns how many pieces of work it did.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        for (var done = 0; ; done++)
        {
            await using var turn = await turns.ShareAsync(TurnNames.Jobs, cancellationToken);
            if (await claims.ClaimAsync(cancellationToken) is not { } work)
            {
                return done;
            }

            await RunAsync(work, cancellationToken);
        }
    }

    private async Task RunAsync(WorkItem work, CancellationToken cancellationToken)
    {
        await using var lease = new LeaseHold(claims, work, cancellationToken);
        using var attempt = new JobAttempt();
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

            attempt.Begin(job, job.TraceParent);
            if (work.Attempts > MostCuts)
            {
                throw new PermanentException("gave-up", job.Domain is null
                    ? "Work on the file was cut off again and again. Split it, or retry it when the machine has more memory to spare."
                    : "Work on the index was cut off again and again. The next start tries again; see that the machine has memory to spare.");
            }

            if (await RunAsync(job, scope.ServiceProvider, lease.Token) is { } wait)
            {
                // Its turn is over: what waits goes first.
                await claims.ReturnAsync(work, wait, counts: false, isHere: job.Kind == JobKind.Adapt);
                if (wait > TimeSpan.Zero)
                {
                    clock.WakeIn(wait);
                }
            }

            attempt.Outcome = "done";
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            attempt.Outcome = "lost";
            logger.LogWarning("The lease of job {Job} was lost", work.JobId);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await claims.ReturnAsync(work, TimeSpan.Zero, counts: false);
            throw;
        }
        catch (Exception fault)
        {
            attempt.Outcome = await EndAsync(work, job, fault) ? "again" : "failed";
        }
    }

    // What to wait until more is to be done; null where it is done.
    private static async Task<TimeSpan?> RunAsync(Job job, IServiceProvider services, CancellationToken cancellationToken)
    {
        switch (job.Kind)
        {
            case JobKind.Reindex:
                return await services.GetRequiredService<ReindexJob>().RunAsync(job, cancellationToken) ? null : TimeSpan.Zero;
            case JobKind.Adapt:
                return await services.GetRequiredService<AdaptJob>().RunAsync(job, cancellationToken);
            case JobKind.Purge:
                await services.GetRequiredService<PurgeJob>().RunAsync(job, cancellationToken);
                return null;
            case JobKind.Tidy:
                await services.GetRequiredService<TidyJob>().RunAsync(job, cancellationToken);
                return null;
            default:
                await services.GetRequiredService<IngestJob>().RunAsync(job, cancellationToken);
                return null;
        }
    }

    // Whether it is tried again.
    private async Task<bool> EndAsync(WorkItem work, Job? job, Exception fault)
    {
        var full = Faults.IsDiskFull(fault);
        if (full || (MayPass(fault) && work.Attempts < MostAttempts))
        {
            logger.LogWarning(fault, "Job {Job} is tried again", work.JobId);
            var wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(work.Attempts - 1, 20)));
            await claims.ReturnAsync(work, wait, counts: !full);
            clock.WakeIn(wait);
            await WriteAsync(work, progress => progress.WaitAsync(work.JobId, CancellationToken.None));
            return true;
        }

        logger.LogError(fault, "Job {Job} failed", work.JobId);
        var (code, reason) = fault is PermanentException permanent
            ? (permanent.Code, permanent.Message)
            : ("internal", job switch
            {
                { Kind: JobKind.Adapt } => AdaptJob.Broken,
                { Domain: not null } => "Something broke here while the index was built. It was logged; the next start tries again. Searches go on in the one that there is.",
                _ => "Something broke here while the file was read. It was logged; retry it, or tell the administrator.",
            });
        if (job is { Kind: JobKind.Adapt })
        {
            await using var scope = Open(work);
            await scope.ServiceProvider.GetRequiredService<AdaptationEnds>().FailAsync(job, reason, CancellationToken.None);
            return false;
        }

        await WriteAsync(work, progress => progress.FailAsync(work.JobId, code, reason, CancellationToken.None));
        return false;
    }

    // A scope of its own: what the failed work left unsaved in its own must not be saved by the way.
    private async Task WriteAsync(WorkItem work, Func<IngestProgress, Task> write)
    {
        await using var scope = Open(work);
        await write(scope.ServiceProvider.GetRequiredService<IngestProgress>());
    }

    private static bool MayPass(Exception fault) =>
        fault is TransientException or IOException or TimeoutException or UnauthorizedAccessException || DatabaseFaults.MayPass(fault);

    private AsyncServiceScope Open(WorkItem work)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(work.TenantId, CallerIdentity.Operator);
        return scope;
    }
}
