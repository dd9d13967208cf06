using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Tenants;

namespace Tessera.Host.Adapting;

/// <summary>Brings what is known and what lies on the disk of a domain's adapted models to what the current tenant's rows say. The same when done again.</summary>
internal sealed class AdaptationTidy(TenantDbContext rows, AdaptedModels models, AdaptedFiles files, ITurns turns, CurrentTenant tenant)
{
    public async Task TidyAsync(string domain, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Adapted(tenant.Id), cancellationToken);
        var (all, kept) = await ReadAsync(domain, cancellationToken);
        files.DeleteExcept(tenant.Id, domain, kept.Select(row => row.Models!));
        var gone = all.Skip(1).Except(kept).Where(row => row.State != AdaptationState.Running).Select(row => row.Id).ToList();
        await rows.Adaptations.Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Only what is known, as where another host has changed it.</summary>
    public Task FollowAsync(string domain, CancellationToken cancellationToken) => ReadAsync(domain, cancellationToken);

    private async Task<(List<Adaptation> All, List<Adaptation> Kept)> ReadAsync(string domain, CancellationToken cancellationToken)
    {
        var keys = (await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Domain == domain, cancellationToken))?.Keys.ToList() ?? [];
        var all = await rows.Adaptations.AsNoTracking().Where(row => row.Domain == domain).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);

        // What an index was made with is needed as long as the index is there.
        var kept = all.FindAll(row => row.Models is not null && (row.InUse || (row.EmbedderKey is { } key && keys.Contains(key))));
        models.Put(tenant.Id, domain, [.. kept.Select(row => new AdaptedSet(row.Models!, row.PackageSha256, row.EmbedderKey, row.InUse))]);
        return (all, kept);
    }
}
