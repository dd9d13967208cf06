using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>Switches a domain on or off for a tenant. Its documents stay.</summary>
internal sealed record EnableDomain(TenantId Tenant, string Domain, bool Enabled) : IRequest<EnableOutcome>, IRequireRight
{
    public Right Right => Right.Administer;
}

/// <summary>What becomes of the switch. Closed.</summary>
internal abstract record EnableOutcome
{
    private EnableOutcome()
    {
    }

    /// <summary>No such tenant, or not the caller's to manage.</summary>
    internal sealed record UnknownTenant : EnableOutcome;

    /// <summary>No such domain is installed.</summary>
    internal sealed record UnknownDomain : EnableOutcome;

    internal sealed record Done : EnableOutcome;
}

internal sealed class EnableDomainHandler(CatalogDbContext catalog, LoadedPlugins plugins, TenantDoor door)
    : IRequestHandler<EnableDomain, EnableOutcome>
{
    public async ValueTask<EnableOutcome> Handle(EnableDomain request, CancellationToken cancellationToken)
    {
        var (tenant, domain, enabled) = (request.Tenant, request.Domain, request.Enabled);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (!await door.HasAsync(tenant, cancellationToken))
        {
            return new EnableOutcome.UnknownTenant();
        }

        if (plugins.Find(domain) is null && !await catalog.Plugins.AnyAsync(row => row.DomainId == domain, cancellationToken))
        {
            return new EnableOutcome.UnknownDomain();
        }

        if (await catalog.TenantDomains.FindAsync([tenant, domain], cancellationToken) is { } row)
        {
            row.Enabled = enabled;
        }
        else
        {
            catalog.TenantDomains.Add(new TenantDomain { TenantId = tenant, DomainId = domain, Enabled = enabled });
        }

        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new EnableOutcome.Done();
    }
}
