using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Hosts;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>
/// Builds the index that a domain's models want beside the active one: the chunks are copied as they are, with vectors of its embedder.
/// Works in short turns, so that a document which somebody waits for is read in between.
/// </summary>
internal sealed class ReindexJob(
    TenantDbContext rows, IndexStores stores, IndexBuild build, IngestionPipeline pipeline, ITurns turns, JobQueue jobs, LoadedPlugins plugins,
    AdaptedModels models, TimeProvider time)
{
    public const string Unwanted = "The domain's package or its models are others by now, or gone, and do not want this index.";
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>Works for one turn.</summary>
    /// <returns>False where more is to be done.</returns>
    public async Task<bool> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (await FindAsync(job, cancellationToken) is not { } row)
        {
            return await CancelAsync(job, cancellationToken);
        }

        var target = stores.Open(row.TenantId, row.Domain, job.Target!);
        await BeginAsync(job, row, cancellationToken);
        while (true)
        {
            var rest = await build.RestAsync(row, target, cancellationToken);
            await build.ShowAsync(job, rest.Total - rest.Missing.Count, rest.Total, cancellationToken);
            if (rest.IsEmpty && await build.SwitchAsync(job, target, cancellationToken))
            {
                jobs.Wake();
                return true;
            }

            // Once more where nothing is left: another may have been made the one that is wanted just now.
            foreach (var document in rest.Gone.Concat(rest.Missing).Cast<Guid?>().DefaultIfEmpty())
            {
                if (await FindAsync(job, cancellationToken) is null)
                {
                    return await CancelAsync(job, cancellationToken);
                }

                if (time.GetElapsedTime(started) > Turn)
                {
                    return false;
                }

                if (document is { } id)
                {
                    await BringAsync(row, target, id, cancellationToken);
                }
            }
        }
    }

    // The row where it still wants what the job builds, and the package that is loaded can build it.
    private async Task<DomainIndex?> FindAsync(Job job, CancellationToken cancellationToken) =>
        plugins.Find(job.Domain!) is { } plugin && models.KeyOf(job.TenantId, plugin) == job.Target
            ? await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == job.DocumentId && row.Building == job.Target, cancellationToken)
            : null;

    // What an earlier build has left is not what the documents are now; an index that was the previous one was kept as they are.
    private async Task BeginAsync(Job job, DomainIndex row, CancellationToken cancellationToken)
    {
        if (job.State == JobState.Queued)
        {
            await stores.DropExceptAsync(row, new[] { row.Active, row.Previous }.OfType<string>(), cancellationToken);
            await rows.Jobs.Where(x => x.Id == job.Id && x.FinishedAt == null).ExecuteUpdateAsync(x => x.SetProperty(y => y.State, JobState.Running), cancellationToken);
        }

        await rows.Jobs.Where(x => x.Id == job.Id).ExecuteUpdateAsync(x => x.SetProperty(y => y.Attempts, y => y.Attempts + 1), cancellationToken);
    }

    private async Task BringAsync(DomainIndex row, OpenIndex target, Guid id, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Document(id), cancellationToken);
        var document = await rows.Documents.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id && x.DeletedAt == null, cancellationToken);
        if (document is null)
        {
            await target.Store.DeleteAsync(new DocumentId(id), int.MaxValue, cancellationToken);
        }
        else if (document.IndexedRevision > 0)
        {
            var active = stores.Open(row.TenantId, row.Domain, row.Active).Store;
            var chunks = await active.ReadAsync(new DocumentId(id), cancellationToken);
            var cut = new CutDocument(await active.FindAsync(new DocumentId(id), cancellationToken) ?? document.ToStored(), chunks);
            await pipeline.WriteAsync(target.Store, target.Embedder, cut, document.IndexedRevision, cancellationToken);
            KillPoint.Pass(KillPoint.ReindexCopied);
        }
    }

    private async Task<bool> CancelAsync(Job job, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await rows.Indexes.Where(row => row.Id == job.DocumentId && row.Building == job.Target)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.Building, (string?)null), cancellationToken);
        if (await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == job.DocumentId, cancellationToken) is { } left)
        {
            jobs.AddTidy(left, TimeSpan.Zero);
        }

        await jobs.EndAsync(job, JobState.Cancelled, Unwanted, cancellationToken);
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.Wake();
        return true;
    }
}
