using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>The current tenant's jobs, newest first.</summary>
internal sealed record ListJobs(PageQuery Page) : IRequest<Page<JobView>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class ListJobsHandler(TenantDbContext rows) : IRequestHandler<ListJobs, Page<JobView>>
{
    public async ValueTask<Page<JobView>> Handle(ListJobs request, CancellationToken cancellationToken)
    {
        var jobs = rows.Jobs.AsNoTracking();
        if (request.Page.AfterId is { } after)
        {
            jobs = jobs.Where(job => job.Id.CompareTo(after) < 0);
        }

        var found = await jobs.OrderByDescending(job => job.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(job => job.Id);
        var work = await rows.Work.AsNoTracking().Where(row => ids.Contains(row.JobId)).ToDictionaryAsync(row => row.JobId, cancellationToken);
        return Page<JobView>.Of(found.ConvertAll(job => JobView.Of(job, work.GetValueOrDefault(job.Id))), request.Page, view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
