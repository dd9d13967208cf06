using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Hosts;
using Tessera.Host.Indexes;

namespace Tessera.Host.Jobs;

/// <summary>Takes away all that is left of a deleted document. The rows go last: what is cut short begins again.</summary>
internal sealed class PurgeJob(TenantDbContext rows, IndexWriter indexes, ITurns turns, BlobStore blobs)
{
    public async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        var document = await rows.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == job.DocumentId, cancellationToken);
        if (document is not null)
        {
            await using (await turns.TakeAsync(TurnNames.Document(document.Id), cancellationToken))
            {
                await indexes.DeleteAsync(document, cancellationToken);
            }

            blobs.Delete(document.TenantId, document.Id, int.MaxValue);
        }

        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await rows.Work.Where(row => row.DocumentId == job.DocumentId).ExecuteDeleteAsync(cancellationToken);
        await rows.Jobs.Where(row => row.DocumentId == job.DocumentId).ExecuteDeleteAsync(cancellationToken);
        await rows.Documents.Where(row => row.Id == job.DocumentId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
