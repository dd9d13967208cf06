using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Jobs;
using Tessera.Rag;

namespace Tessera.Host.Adapting;

/// <summary>Looks after a run in short turns, so that the worker reads what is uploaded in between; takes what it came to.</summary>
internal sealed partial class AdaptJob(
    TenantDbContext rows, AdaptationRuns runs, AdaptationEnds ends, JobQueue jobs, ILogger<AdaptJob> logger)
{
    public const string Broken = "Something broke here while the models were adapted. It was logged; try again, or tell the administrator of the platform.";
    public const string Unwanted = "It was cancelled.";
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>Looks once.</summary>
    /// <returns>How long to wait until the next look; null where it is over.</returns>
    public async Task<TimeSpan?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var row = await rows.Adaptations.AsNoTracking().FirstOrDefaultAsync(x => x.Id == job.DocumentId, cancellationToken);
        if (row is not { State: AdaptationState.Running })
        {
            await runs.StopAsync(job.DocumentId);
            await jobs.EndAsync(job, JobState.Cancelled, Unwanted, cancellationToken);
            return null;
        }

        if (runs.Take(row) is not { } run)
        {
            return Later;
        }

        await Task.WhenAny(run.Work, Task.Delay(Turn, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var done = (int)(run.Share * 100);
        await rows.Jobs.Where(x => x.Id == job.Id && x.FinishedAt == null).ExecuteUpdateAsync(
            x => x.SetProperty(y => y.State, JobState.Running).SetProperty(y => y.Done, done).SetProperty(y => y.Total, 100), cancellationToken);
        if (!run.Work.IsCompleted)
        {
            return TimeSpan.Zero;
        }

        try
        {
            await ends.ConcludeAsync(job, row, await run.Work, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever stopped it has said so in its row.
            return TimeSpan.Zero;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (fault is not PermanentException)
            {
                LogFailed(logger, fault, row.Domain);
            }

            await ends.FailAsync(job, ReasonOf(fault), cancellationToken);
            return null;
        }
        finally
        {
            runs.End(run);
        }
    }

    private static string ReasonOf(Exception fault) => fault is PermanentException told ? told.Message
        : Faults.IsDiskFull(fault) ? "The disk is full. Free some space and adapt the models again."
        : Broken;

    [LoggerMessage(Level = LogLevel.Error, Message = "Adapting the models of domain {Domain} failed")]
    private static partial void LogFailed(ILogger logger, Exception fault, string domain);
}
