using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>
/// Brings every tenant's indexes to what the loaded packages want: asks for a build where the active one is another's, and calls off one
/// that is not wanted any more. Cheap, and the same when it is done again. Safe for concurrent use.
/// </summary>
internal sealed class IndexReconciler(IServiceScopeFactory scopes, LoadedPlugins plugins)
{
    /// <summary>At the start, before anything runs: also deletes what a stop has left of indexes that no row names.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => ForEachAsync(
        async services =>
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
        ForEachAsync(services => BringAsync(services, [domain], cancellationToken), cancellationToken);

    private async Task BringAsync(IServiceProvider services, IEnumerable<string> domains, CancellationToken cancellationToken)
    {
        var rows = services.GetRequiredService<TenantDbContext>();
        var jobs = services.GetRequiredService<JobQueue>();
        foreach (var plugin in domains.Select(plugins.Find).OfType<LoadedPlugin>())
        {
            await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
            var index = await rows.Indexes.FirstOrDefaultAsync(row => row.Domain == plugin.Manifest.Id, cancellationToken);
            if (index is null || !await ChangeAsync(rows, jobs, index, IndexStores.KeyOf(plugin), cancellationToken))
            {
                continue;
            }

            await rows.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            jobs.Wake();
        }
    }

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

    // Rows of a tenant are written in a scope of that tenant, whoever asks.
    private async Task ForEachAsync(Func<IServiceProvider, Task> work, CancellationToken cancellationToken)
    {
        foreach (var tenant in await TenantsAsync(cancellationToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, CallerIdentity.Operator);
            await work(scope.ServiceProvider);
        }
    }

    private async Task<List<TenantId>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Tenants.Select(row => row.Id).ToListAsync(cancellationToken);
    }
}
