using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Jobs;

/// <summary>
/// Stops a job: adapting models, of which nothing runs or lies on the disk when it returns, and the reading of a document that no worker has in hand.
/// </summary>
internal sealed record CancelJob(Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class CancelJobHandler(
    TenantDbContext rows, AdaptationEnds ends, AdaptationRuns runs, JobQueue jobs, IngestProgress progress, TimeProvider time) : IRequestHandler<CancelJob, Outcome<Unit>>
{
    private const string Unread = "An administrator cancelled the reading. Retry it when it is wanted.";

    public async ValueTask<Outcome<Unit>> Handle(CancelJob request, CancellationToken cancellationToken)
    {
        if (await rows.Jobs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } job)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        return job.Kind switch
        {
            JobKind.Adapt => await CancelAdaptingAsync(job, cancellationToken),
            JobKind.Ingest => await CancelReadingAsync(job, cancellationToken),
            _ => new Outcome<Unit>.Refused(ErrorCode.Conflict, "Only adapting models and reading documents can be cancelled. This job can be paused, unless it deletes something."),
        };
    }

    private async Task<Outcome<Unit>> CancelAdaptingAsync(Job job, CancellationToken cancellationToken)
    {
        if (!await ends.CancelAsync(job.DocumentId, cancellationToken))
        {
            return Over;
        }

        await runs.StopAsync(job.DocumentId);
        await jobs.EndAsync(job, JobState.Cancelled, AdaptJob.Unwanted, CancellationToken.None);
        return Unit.Value;
    }

    // The row goes here, so that no worker takes it up between the look and the end.
    private async Task<Outcome<Unit>> CancelReadingAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.FinishedAt is not null)
        {
            return Over;
        }

        var now = time.GetUtcNow();
        if (await rows.Work.Where(row => row.JobId == job.Id && (row.LeaseUntil == null || row.LeaseUntil < now)).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new Outcome<Unit>.Refused(ErrorCode.Conflict, "It is being read just now. Delete the document, or wait until it is read.");
        }

        await progress.FailAsync(job.Id, "cancelled", Unread, CancellationToken.None, JobState.Cancelled);
        return Unit.Value;
    }

    private static Outcome<Unit>.Refused Over => new(ErrorCode.Conflict, "It is over already.");
}
