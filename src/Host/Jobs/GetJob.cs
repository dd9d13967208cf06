using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Jobs;

/// <summary>One job of the current tenant; null where there is none of this id.</summary>
internal sealed record GetJob(Guid Id) : IRequest<JobView?>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class GetJobHandler(TenantDbContext rows) : IRequestHandler<GetJob, JobView?>
{
    public async ValueTask<JobView?> Handle(GetJob request, CancellationToken cancellationToken) =>
        await rows.Jobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == request.Id, cancellationToken) is { } job
            ? JobView.Of(job, await rows.Work.AsNoTracking().FirstOrDefaultAsync(work => work.JobId == job.Id, cancellationToken))
            : null;
}
