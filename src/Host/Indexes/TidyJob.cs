using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Jobs;

namespace Tessera.Host.Indexes;

/// <summary>Deletes what is left of a domain's indexes that its row does not name, and the previous one when its time is over.</summary>
internal sealed class TidyJob(TenantDbContext rows, IndexStores stores, AdaptationTidy adapted, JobQueue jobs, TimeProvider time)
{
    public async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        // The row goes first: a previous index that is named is there.
        var now = time.GetUtcNow();
        await rows.Indexes.Where(row => row.Id == job.DocumentId && row.PreviousUntil <= now).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.Previous, (string?)null).SetProperty(x => x.PreviousUntil, (DateTimeOffset?)null), cancellationToken);
        if (await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == job.DocumentId, cancellationToken) is { } row)
        {
            await stores.DropExceptAsync(row, row.Keys, cancellationToken);
            await adapted.TidyAsync(row.Domain, cancellationToken);
        }

        await jobs.EndAsync(job, JobState.Done, null, cancellationToken);
    }
}
