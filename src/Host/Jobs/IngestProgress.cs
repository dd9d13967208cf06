using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Indexes;
using Tessera.Host.Observability;

namespace Tessera.Host.Jobs;

/// <summary>
/// Writes how far a document has come. A delete or a newer revision in the meantime wins: then the document keeps what
/// they wrote.
/// </summary>
internal sealed class IngestProgress(TenantDbContext rows, JobQueue jobs, DomainIndexes indexes)
{
    /// <summary>A worker begins; false where the job is over, as where another had it too.</summary>
    public async Task<bool> BeginAsync(Job job, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (!await HoldAsync(job.Id, cancellationToken))
        {
            return false;
        }

        await rows.Jobs.Where(row => row.Id == job.Id).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.State, JobState.Running).SetProperty(x => x.Attempts, x => x.Attempts + 1), cancellationToken);
        await SetAsync(job, DocumentStatus.Reading, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Shows how far it is; nothing where the job is over.</summary>
    public async Task ShowAsync(Job job, DocumentStatus status, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await HoldAsync(job.Id, cancellationToken))
        {
            await SetAsync(job, status, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The job's revision can be searched; its entries become documents.</summary>
    /// <param name="written">Where the revision was written to.</param>
    public async Task<IngestEnd> FinishAsync(
        Job job, int? pages, int chunks, IReadOnlyList<Document> entries, WrittenIndexes written, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await HoldAsync(job.Id, cancellationToken);
        if (!await indexes.AcceptAsync(written, cancellationToken))
        {
            return IngestEnd.Unseen;
        }

        var isCurrent = await Current(job).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.Status, DocumentStatus.Searchable)
                .SetProperty(x => x.Pages, pages)
                .SetProperty(x => x.Chunks, chunks)
                .SetProperty(x => x.Reason, (string?)null)
                .SetProperty(x => x.ReasonCode, (string?)null),
            cancellationToken) == 1;
        await rows.Documents.Where(row => row.Id == job.DocumentId && row.DeletedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.IndexedRevision, job.Revision), cancellationToken);
        if (isCurrent)
        {
            await ReplaceEntriesAsync(job, entries, cancellationToken);
        }

        await jobs.EndAsync(job, JobState.Done, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        HostTelemetry.Searchable();
        return isCurrent ? IngestEnd.Current : IngestEnd.Overtaken;
    }

    /// <summary>The job is tried again later; not where it is over, which a commit may have seen to though it failed.</summary>
    public async Task WaitAsync(Guid jobId, CancellationToken cancellationToken)
    {
        if (await FindAsync(jobId, cancellationToken) is { FinishedAt: null } job)
        {
            await ShowAsync(job, DocumentStatus.Queued, cancellationToken);
        }
    }

    /// <summary>The document cannot be read; what searches saw of an older revision stays.</summary>
    public async Task FailAsync(Guid jobId, string code, string reason, CancellationToken cancellationToken, JobState end = JobState.Failed)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await HoldAsync(jobId, cancellationToken);
        var found = await FindAsync(jobId, cancellationToken);
        if (found is { FinishedAt: null } job)
        {
            await Current(job).ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Status, DocumentStatus.Failed)
                    .SetProperty(x => x.Reason, reason)
                    .SetProperty(x => x.ReasonCode, code),
                cancellationToken);
            await jobs.EndAsync(job, end, reason, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (found is { Kind: JobKind.Ingest, FinishedAt: null })
        {
            HostTelemetry.Failed();
        }
    }

    // Entries have the same ids each time this revision is unpacked; those of other revisions go.
    private async Task ReplaceEntriesAsync(Job job, IReadOnlyList<Document> entries, CancellationToken cancellationToken)
    {
        var known = await rows.Documents.Where(row => row.ParentId == job.DocumentId).ToListAsync(cancellationToken);
        var kept = entries.Select(entry => entry.Id).ToHashSet();
        foreach (var stale in known.Where(row => row.DeletedAt is null && !kept.Contains(row.Id)))
        {
            stale.DeletedAt = job.CreatedAt;
            jobs.AddPurge(stale);
        }

        foreach (var entry in entries.ExceptBy(known.Select(row => row.Id), entry => entry.Id))
        {
            rows.Documents.Add(entry);
            jobs.AddIngest(entry, JobPriority.Entry);
        }

        await rows.SaveChangesAsync(cancellationToken);
    }

    // Of two workers that have the same job, one writes after the other, and who comes after its end sees that: until the transaction's end nobody else
    // passes here. Rows are locked in this order everywhere: the job's, then its document's. False: it is over.
    private async Task<bool> HoldAsync(Guid jobId, CancellationToken cancellationToken) =>
        await rows.Jobs.Where(row => row.Id == jobId && row.FinishedAt == null).ExecuteUpdateAsync(row => row.SetProperty(x => x.Attempts, x => x.Attempts), cancellationToken) == 1;

    private Task<int> SetAsync(Job job, DocumentStatus status, CancellationToken cancellationToken) =>
        Current(job).ExecuteUpdateAsync(row => row.SetProperty(x => x.Status, status), cancellationToken);

    private Task<Job?> FindAsync(Guid jobId, CancellationToken cancellationToken) =>
        rows.Jobs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == jobId, cancellationToken);

    private IQueryable<Document> Current(Job job) =>
        rows.Documents.Where(row => row.Id == job.DocumentId && row.Revision == job.Revision && row.DeletedAt == null);
}

/// <summary>What a revision that was indexed is then.</summary>
internal enum IngestEnd
{
    /// <summary>What searches see, and the document's newest.</summary>
    Current,

    /// <summary>A delete or a newer revision came first: its entries were not taken.</summary>
    Overtaken,

    /// <summary>Searches see another index by now: it is to be written there too, and to be finished again.</summary>
    Unseen,
}
