using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Jobs;

/// <summary>Stops a job that nobody has to wait for to its end: adapting models. When it returns nothing of it runs or lies on the disk.</summary>
internal sealed record CancelJob(Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class CancelJobHandler(TenantDbContext rows, AdaptationEnds ends, AdaptationRuns runs, JobQueue jobs) : IRequestHandler<CancelJob, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(CancelJob request, CancellationToken cancellationToken)
    {
        if (await rows.Jobs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } job)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        if (job.Kind != JobKind.Adapt || !await ends.CancelAsync(job.DocumentId, cancellationToken))
        {
            return new Outcome<Unit>.Refused(ErrorCode.Conflict, job.Kind == JobKind.Adapt
                ? "It is over already."
                : "Only adapting models can be cancelled. Work on a document ends with the document: delete it.");
        }

        await runs.StopAsync(job.DocumentId);
        await jobs.EndAsync(job, JobState.Cancelled, AdaptJob.Unwanted, CancellationToken.None);
        return Unit.Value;
    }
}
