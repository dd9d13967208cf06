using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>
/// How far an index is that is being built, and its turn to be the active one. What it holds says what was copied, so that a build which
/// was cut off goes on where it was.
/// </summary>
internal sealed class IndexBuild(TenantDbContext rows, JobQueue jobs, LoadedPlugins plugins, TimeProvider time)
{
    /// <summary>So long after the switch the old index is still there for searches that began in it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Documents that searches see and the index lacks, and those that it holds though they are gone.</summary>
    public async Task<IndexRest> RestAsync(DomainIndex row, OpenIndex target, CancellationToken cancellationToken)
    {
        // First what is there: whatever is written after it has a row that is read then.
        var held = (await target.Store.ListAsync(cancellationToken)).ToDictionary(held => held.Document.Value);
        var documents = await rows.Documents.AsNoTracking().Where(document => document.Domain == row.Domain && document.DeletedAt == null)
            .OrderBy(document => document.Id).Select(document => new { document.Id, document.IndexedRevision }).ToListAsync(cancellationToken);
        var missing = documents.Where(document => document.IndexedRevision > 0 && !Holds(held.GetValueOrDefault(document.Id), document.IndexedRevision));
        return new IndexRest(
            documents.Count(document => document.IndexedRevision > 0),
            [.. missing.Select(document => document.Id)],
            [.. held.Keys.Except(documents.Select(document => document.Id))]);

        bool Holds(StoredRevision? there, int revision) => there?.Number >= revision && (there.HasVectors || target.Key == DomainIndex.WithoutVectors);
    }

    /// <summary>
    /// Makes the index the active one where it is whole, together with the job's end: in one transaction, in which no document becomes
    /// searchable that it lacks.
    /// </summary>
    /// <returns>False where it is not whole, or not wanted any more.</returns>
    public async Task<bool> SwitchAsync(Job job, OpenIndex target, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        var row = await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == job.DocumentId && row.Building == target.Key, cancellationToken);
        if (row is null || await RestAsync(row, target, cancellationToken) is not { IsEmpty: true } rest)
        {
            return false;
        }

        if (row.Active != target.Key)
        {
            // What the package's own models find in stays while adapted ones are used, so that going back is quick.
            var stays = plugins.Find(row.Domain) is { } plugin && AdaptedModels.KeyOf(plugin) == row.Active;
            (row.Previous, row.PreviousUntil, row.Active) = (row.Active, stays ? null : time.GetUtcNow() + Grace, target.Key);
            if (!stays)
            {
                jobs.AddTidy(row, Grace);
            }
        }

        (row.Building, row.HasGaps) = (null, false);
        rows.Indexes.Update(row);
        await ShowAsync(job, rest.Total, rest.Total, cancellationToken);
        await jobs.EndAsync(job, JobState.Done, null, cancellationToken);
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        KillPoint.Pass(KillPoint.ReindexSwitched);
        return true;
    }

    /// <summary>Writes how far it is.</summary>
    public Task ShowAsync(Job job, int done, int total, CancellationToken cancellationToken) => rows.Jobs.Where(row => row.Id == job.Id).ExecuteUpdateAsync(
        row => row.SetProperty(x => x.Done, done).SetProperty(x => x.Total, total), cancellationToken);
}

/// <summary>What is left to do until an index is whole.</summary>
/// <param name="Total">How many documents it is to hold.</param>
/// <param name="Missing">Those that it lacks, in this revision or with their vectors.</param>
/// <param name="Gone">Those that it holds and that are no more.</param>
internal sealed record IndexRest(int Total, IReadOnlyList<Guid> Missing, IReadOnlyList<Guid> Gone)
{
    /// <summary>The index is whole.</summary>
    public bool IsEmpty => Missing.Count == 0 && Gone.Count == 0;
}
