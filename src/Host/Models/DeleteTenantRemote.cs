using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Forgets the server elsewhere of one's own tenant, and its key.</summary>
internal sealed record DeleteTenantRemote(TenantId Tenant) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class DeleteTenantRemoteHandler(CatalogDbContext catalog, CurrentTenant current) : IRequestHandler<DeleteTenantRemote, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(DeleteTenantRemote request, CancellationToken cancellationToken)
    {
        if (request.Tenant != current.Id)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        await catalog.TenantRemotes.Where(row => row.TenantId == request.Tenant).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
