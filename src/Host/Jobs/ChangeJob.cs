using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Jobs;

/// <summary>Pauses a job that is not over, lets it go on, or moves it in the order. What a worker has in hand just now it brings to its end or its next turn.</summary>
/// <param name="Id">The job.</param>
/// <param name="Paused">Null: as it is.</param>
/// <param name="Priority"><c>first</c>, <c>normal</c> or <c>last</c> among the tenant's; null: as it is.</param>
internal sealed record ChangeJob(Guid Id, bool? Paused, string? Priority) : IRequest<Outcome<JobView>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class ChangeJobHandler(TenantDbContext rows, JobQueue jobs) : IRequestHandler<ChangeJob, Outcome<JobView>>
{
    public async ValueTask<Outcome<JobView>> Handle(ChangeJob request, CancellationToken cancellationToken)
    {
        if (request.Priority is not (null or JobPriority.FirstName or JobPriority.NormalName or JobPriority.LastName))
        {
            return new Outcome<JobView>.Refused(ErrorCode.InvalidRequest, "priority is first, normal or last.");
        }

        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await rows.Jobs.FirstOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } job)
        {
            return Outcome<JobView>.Refused.NotFound;
        }

        if (await rows.Work.FirstOrDefaultAsync(row => row.JobId == job.Id, cancellationToken) is not { } work)
        {
            return new Outcome<JobView>.Refused(ErrorCode.Conflict, "It is over already.");
        }

        if (job.Kind is JobKind.Purge or JobKind.Tidy)
        {
            return new Outcome<JobView>.Refused(ErrorCode.Conflict, "What was deleted goes as soon as it can: this job cannot be paused or moved.");
        }

        work.Paused = request.Paused ?? work.Paused;
        work.Priority = request.Priority is { } name ? JobPriority.Of(name, job.Kind) : work.Priority;
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.Wake();
        return JobView.Of(job, work);
    }
}
