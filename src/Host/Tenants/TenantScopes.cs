using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>Rows of a tenant are read and written in a scope of that tenant, whoever asks. Safe for concurrent use.</summary>
internal sealed class TenantScopes(IServiceScopeFactory scopes)
{
    /// <summary>A scope in which the operator works for a tenant; dispose it.</summary>
    public AsyncServiceScope Open(TenantId tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, CallerIdentity.Operator);
        return scope;
    }

    /// <summary>Does something in a scope of every tenant, one after another.</summary>
    public async Task ForEachAsync(Func<TenantId, IServiceProvider, Task> work, CancellationToken cancellationToken)
    {
        foreach (var tenant in await TenantsAsync(cancellationToken))
        {
            await using var scope = Open(tenant);
            await work(tenant, scope.ServiceProvider);
        }
    }

    private async Task<List<TenantId>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Tenants.Select(row => row.Id).ToListAsync(cancellationToken);
    }
}
