using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Jobs;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>What the Jobs page does. What is refused is thrown as a problem whose message says why.</summary>
internal static class PortalJobs
{
    private const int Most = 100;

    /// <summary>The tenant's newest jobs, with the names of their documents.</summary>
    public static Task<IReadOnlyList<JobCard>> JobsAsync(this PortalSession session) => session.WorkAsync<IReadOnlyList<JobCard>>(
        async (services, cancellationToken) =>
        {
            var jobs = (await services.GetRequiredService<Mediator.IMediator>().Send(new ListJobs(new PageQuery(Most)), cancellationToken)).Items;
            var ids = jobs.Select(job => job.DocumentId).OfType<Guid>().ToList();
            var names = await services.GetRequiredService<TenantDbContext>().Documents.AsNoTracking().Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
            return [.. jobs.Select(job => new JobCard(job, job.DocumentId is { } id ? names.GetValueOrDefault(id) : null))];
        });

    public static Task ChangeJobAsync(this PortalSession session, Guid job, bool? paused = null, string? priority = null) =>
        session.OrderAsync(new ChangeJob(job, paused, priority));

    public static Task CancelJobAsync(this PortalSession session, Guid job) => session.OrderAsync(new CancelJob(job));

    /// <summary>Reads the document of a job again.</summary>
    public static Task RetryJobAsync(this PortalSession session, Guid document) => session.SendAsync(new RetryDocument(document));
}

/// <summary>A job, and what the document is called that it is about.</summary>
internal sealed record JobCard(JobView Job, string? Document);
