using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>The server elsewhere of one's own tenant. Whether a tenant's text leaves is its own business: platform administrators have no say.</summary>
internal sealed record GetTenantRemote(TenantId Tenant) : IRequest<Outcome<RemoteView>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class GetTenantRemoteHandler(CatalogDbContext catalog, CurrentTenant current) : IRequestHandler<GetTenantRemote, Outcome<RemoteView>>
{
    public async ValueTask<Outcome<RemoteView>> Handle(GetTenantRemote request, CancellationToken cancellationToken) =>
        request.Tenant == current.Id
            ? RemoteView.Of(await catalog.TenantRemotes.FindAsync([request.Tenant], cancellationToken))
            : Outcome<RemoteView>.Refused.NotFound;
}
