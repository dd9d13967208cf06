using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;

namespace Tessera.Host.Adapting;

/// <summary>Writes what became of an adaptation, and brings models and indexes to it.</summary>
internal sealed class AdaptationEnds(
    TenantDbContext rows, LoadedPlugins plugins, AdaptedFiles files, AdaptationTidy tidy, IndexReconciler indexes, JobQueue jobs, ITurns turns, IServiceProvider services, TimeProvider time)
{
    /// <summary>Takes what a run came to: models that won are the domain's from now on, as soon as there is an index for them.</summary>
    public async Task ConcludeAsync(Job job, Adaptation adaptation, AdaptationResult result, CancellationToken cancellationToken)
    {
        var isWon = result is AdaptationResult.Won && plugins.Find(adaptation.Domain)?.PackageSha256 == adaptation.PackageSha256;
        await using (await turns.TakeAsync(TurnNames.Adapted(adaptation.TenantId), cancellationToken))
        {
            // Its folder goes with the run where it is not moved; where the row is not written, the next tidying takes it.
            var hash = isWon && result is AdaptationResult.Won won ? files.Keep(adaptation.TenantId, adaptation.Domain, won.Made) : null;
            files.EndWork(adaptation.TenantId, adaptation.Id);
            await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
            if (await rows.Adaptations.FirstOrDefaultAsync(row => row.Id == adaptation.Id && row.State == AdaptationState.Running, cancellationToken) is { } row)
            {
                Write(row, result, hash);
                if (hash is not null)
                {
                    await rows.Adaptations.Where(other => other.Domain == row.Domain && other.Id != row.Id)
                        .ExecuteUpdateAsync(other => other.SetProperty(x => x.InUse, false), cancellationToken);
                }

                await jobs.EndAsync(job, JobState.Done, null, cancellationToken);
                await rows.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        await BringAsync(adaptation.Domain, cancellationToken);
    }

    /// <summary>It cannot be done; what is in use stays.</summary>
    public async Task FailAsync(Job job, string reason, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await EndAsync(job.DocumentId, AdaptationState.Failed, reason, cancellationToken);
        await jobs.EndAsync(job, JobState.Failed, reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>It is not wanted any more; its job ends at its next look.</summary>
    /// <returns>False where it was over already.</returns>
    public Task<bool> CancelAsync(Guid adaptation, CancellationToken cancellationToken) =>
        EndAsync(adaptation, AdaptationState.Cancelled, AdaptJob.Unwanted, cancellationToken);

    /// <summary>Goes back to the package's own models.</summary>
    /// <returns>False where they are in use already.</returns>
    public async Task<bool> UndoAsync(string domain, CancellationToken cancellationToken)
    {
        var undone = await rows.Adaptations.Where(row => row.Domain == domain && row.InUse).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.InUse, false).SetProperty(x => x.Reason, "The domain's own models were taken back."), cancellationToken) > 0;
        await BringAsync(domain, cancellationToken);
        return undone;
    }

    private async Task BringAsync(string domain, CancellationToken cancellationToken)
    {
        await tidy.TidyAsync(domain, cancellationToken);
        await indexes.BringAsync(services, domain, cancellationToken);
    }

    private void Write(Adaptation row, AdaptationResult result, string? hash)
    {
        (row.Learned, row.Rated, row.FinishedAt) = (result.Learned, result.Rated, time.GetUtcNow());
        row.Write(result.Figures);
        (row.State, row.Reason) = result switch
        {
            AdaptationResult.Lost lost => (AdaptationState.Lost, lost.Reason),
            _ when hash is null => (AdaptationState.Failed, AdaptationReconciler.Outdated),
            _ => (AdaptationState.Won, null),
        };
        (row.InUse, row.Models, row.EmbedderKey) = (hash is not null, hash, hash is null ? null : ((AdaptationResult.Won)result).EmbedderKey);
    }

    private async Task<bool> EndAsync(Guid adaptation, AdaptationState state, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await rows.Adaptations.Where(row => row.Id == adaptation && row.State == AdaptationState.Running).ExecuteUpdateAsync(
            row => row.SetProperty(x => x.State, state).SetProperty(x => x.Reason, reason).SetProperty(x => x.FinishedAt, now), cancellationToken) == 1;
    }
}
