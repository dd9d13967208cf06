using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Indexes;

/// <summary>
/// Brings every tenant's indexes to what its domains' models want: asks for a build where the active one is another's, and calls off one
/// that is not wanted any more. Cheap, and the same when it is done again. Safe for concurrent use.
/// </summary>
internal sealed class IndexReconciler(TenantScopes tenants, LoadedPlugins plugins, AdaptedModels models)
{
    /// <summary>At the start, before anything runs: also deletes what a stop has left of indexes that no row names.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => tenants.ForEachAsync(
        async (_, services) =>
        {
            var indexes = await services.GetRequiredService<TenantDbContext>().Indexes.AsNoTracking().ToListAsync(cancellationToken);
            foreach (var index in indexes)
            {
                await services.GetRequiredService<IndexStores>().DropExceptAsync(index, index.Keys, cancellationToken);
            }

            await BringAsync(services, indexes.Select(index => index.Domain), cancellationToken);
        },
        cancellationToken);

    /// <summary>When another package of a domain became active.</summary>
    public Task BringAsync(string domain, CancellationToken cancellationToken) =>
        tenants.ForEachAsync((_, services) => BringAsync(services, [domain], cancellationToken), cancellationToken);

    /// <summary>When a tenant's own models of a domain became others.</summary>
    /// <param name="services">Of a scope of the tenant.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task BringAsync(IServiceProvider services, string domain, CancellationToken cancellationToken) => BringAsync(services, [domain], cancellationToken);

    private async Task BringAsync(IServiceProvider services, IEnumerable<string> domains, CancellationToken cancellationToken)
    {
        var rows = services.GetRequiredService<TenantDbContext>();
        var jobs = services.GetRequiredService<JobQueue>();
        foreach (var plugin in domains.Select(plugins.Find).OfType<LoadedPlugin>())
        {
            await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
            if (await ChangeAsync(rows, jobs, plugin, cancellationToken))
            {
                await rows.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                jobs.Wake();
            }
        }
    }

    private async Task<bool> ChangeAsync(TenantDbContext rows, JobQueue jobs, LoadedPlugin plugin, CancellationToken cancellationToken) =>
        await rows.Indexes.FirstOrDefaultAsync(row => row.Domain == plugin.Manifest.Id, cancellationToken) is { } index
        && await ChangeAsync(rows, jobs, index, models.KeyOf(index.TenantId, plugin), cancellationToken);

    private static async Task<bool> ChangeAsync(TenantDbContext rows, JobQueue jobs, DomainIndex index, string wanted, CancellationToken cancellationToken)
    {
        var target = index.Active == wanted && !index.HasGaps ? null : wanted;
        var isAsked = target == index.Building && (target is null || await rows.Jobs.AnyAsync(
            job => job.DocumentId == index.Id && job.Kind == JobKind.Reindex && job.Target == target
                && (job.State == JobState.Queued || job.State == JobState.Running),
            cancellationToken));
        if (isAsked)
        {
            return false;
        }

        index.Building = target;
        if (target is null)
        {
            jobs.AddTidy(index, TimeSpan.Zero);
        }
        else
        {
            jobs.AddReindex(index, target);
        }

        return true;
    }
}
