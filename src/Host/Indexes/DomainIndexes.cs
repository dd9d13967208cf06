using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Indexes;

/// <summary>The current tenant's indexes.</summary>
internal sealed class DomainIndexes(TenantDbContext rows, LoadedPlugins plugins, AdaptedModels models, CurrentTenant tenant)
{
    /// <summary>A domain's row as it is now; null where nothing was written yet.</summary>
    public Task<DomainIndex?> FindAsync(string domain, CancellationToken cancellationToken) =>
        rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Domain == domain, cancellationToken);

    /// <summary>What searches of a domain see: before anything is written, what its models want.</summary>
    public async Task<string> ActiveAsync(string domain, CancellationToken cancellationToken) =>
        (await FindAsync(domain, cancellationToken))?.Active ?? Wanted(domain);

    /// <summary>A domain's row, made where there is none: to be called before anything is written.</summary>
    public async Task<DomainIndex> EnsureAsync(string domain, CancellationToken cancellationToken)
    {
        if (await FindAsync(domain, cancellationToken) is { } known)
        {
            return known;
        }

        // Begun as the only writer: of two that make it the second finds it.
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(domain, cancellationToken) is { } made)
        {
            return made;
        }

        var row = new DomainIndex { Id = Guid.NewGuid(), TenantId = tenant.Id, Domain = domain, Active = Wanted(domain) };
        rows.Indexes.Add(row);
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        rows.Entry(row).State = EntityState.Detached;
        return row;
    }

    /// <summary>Whether searches see what was written, as it should be; for the transaction that says that they do.</summary>
    /// <returns>False where another index became active meanwhile, or the embedder is at hand now: it is to be written again.</returns>
    public async Task<bool> AcceptAsync(WrittenIndexes written, CancellationToken cancellationToken)
    {
        var row = await rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == written.Id, cancellationToken);
        if (row is null || written.Find(row.Active) is not { } index || (index.LacksVectors && Wanted(row.Domain) == row.Active))
        {
            return false;
        }

        if (index.LacksVectors)
        {
            await rows.Indexes.Where(gap => gap.Id == row.Id).ExecuteUpdateAsync(gap => gap.SetProperty(x => x.HasGaps, true), cancellationToken);
        }

        return true;
    }

    private string Wanted(string domain) => plugins.Find(domain) is { } plugin ? models.KeyOf(tenant.Id, plugin) : DomainIndex.WithoutVectors;
}
