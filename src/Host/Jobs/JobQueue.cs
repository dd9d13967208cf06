using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Indexes;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>Adds jobs to what the current tenant's context saves next, so that they stand or fall with what asked for them.</summary>
internal sealed class JobQueue(TenantDbContext rows, JobClock clock, TimeProvider time)
{
    /// <summary>The document's newest revision is to be read.</summary>
    public void AddIngest(Document document, int priority)
    {
        (document.Status, document.Reason, document.ReasonCode) = (DocumentStatus.Queued, null, null);
        Add(document.TenantId, document.Id, JobKind.Ingest, priority, document.Revision);
    }

    /// <summary>Whatever is kept of a deleted document is to go.</summary>
    public void AddPurge(Document document) =>
        Add(document.TenantId, document.Id, JobKind.Purge, JobPriority.Purge, document.Revision);

    /// <summary>The index of an embedder is to be built.</summary>
    public void AddReindex(DomainIndex index, string target) =>
        Add(index.TenantId, index.Id, JobKind.Reindex, JobPriority.Reindex, domain: index.Domain, target: target);

    /// <summary>Indexes that are not a domain's any more are to go.</summary>
    public void AddTidy(DomainIndex index, TimeSpan wait) =>
        Add(index.TenantId, index.Id, JobKind.Tidy, JobPriority.Purge, domain: index.Domain, wait: wait);

    /// <summary>A domain's models are to be adapted.</summary>
    public Job AddAdapt(Adaptation adaptation) =>
        Add(adaptation.TenantId, adaptation.Id, JobKind.Adapt, JobPriority.Adapt, domain: adaptation.Domain);

    /// <summary>To be called when the job is committed.</summary>
    public void Wake() => clock.Wake();

    /// <summary>To be called when many jobs are committed.</summary>
    public void WakeAll() => clock.WakeAll();

    /// <summary>Writes how a job ended; nobody takes it up again. Part of the caller's transaction.</summary>
    public async Task EndAsync(Job job, JobState state, string? reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await rows.Jobs.Where(row => row.Id == job.Id).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.State, state).SetProperty(x => x.Reason, reason).SetProperty(x => x.FinishedAt, now),
            cancellationToken);
        await rows.Work.Where(row => row.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private Job Add(
        TenantId tenant, Guid about, JobKind kind, int priority, int revision = 0, string? domain = null, string? target = null, TimeSpan wait = default)
    {
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TenantId = tenant, Kind = kind, DocumentId = about, Revision = revision, Domain = domain, Target = target,
            State = JobState.Queued, CreatedAt = now, TraceParent = Activity.Current?.Id,
        };
        rows.Jobs.Add(job);
        rows.Work.Add(new WorkItem
        {
            Id = job.Id, TenantId = tenant, JobId = job.Id, DocumentId = about, Priority = priority, DueAt = now + wait,
        });
        return job;
    }
}
