using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Conversations;

/// <summary>Takes away what users leave behind when they go: their conversations, in every tenant that they belonged to.</summary>
internal sealed class GoneUsers(CatalogDbContext catalog, IServiceScopeFactory scopes)
{
    /// <summary>Of a user who is gone already.</summary>
    public async Task ForgetAsync(Guid user, IReadOnlyList<TenantId> tenants, CancellationToken cancellationToken)
    {
        foreach (var tenant in tenants)
        {
            await using var scope = Open(tenant, out var rows);
            await rows.Conversations.Where(row => row.UserId == user).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>What a process that ended in between has left.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var users = (await catalog.Users.Select(row => row.Id).ToListAsync(cancellationToken)).Append(CallerIdentity.Operator.UserId).ToHashSet();
        foreach (var tenant in await catalog.Tenants.Select(row => row.Id).ToListAsync(cancellationToken))
        {
            await using var scope = Open(tenant, out var rows);
            var owners = await rows.Conversations.Select(row => row.UserId).Distinct().ToListAsync(cancellationToken);
            foreach (var gone in owners.Where(owner => !users.Contains(owner)))
            {
                await rows.Conversations.Where(row => row.UserId == gone).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    // Rows of a tenant are deleted in a scope of that tenant, whoever asks.
    private AsyncServiceScope Open(TenantId tenant, out TenantDbContext rows)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, CallerIdentity.Operator);
        rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        return scope;
    }
}
