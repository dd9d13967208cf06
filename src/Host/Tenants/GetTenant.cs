using Mediator;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>One tenant; null where there is none of this id for the caller to manage.</summary>
internal sealed record GetTenant(TenantId Id) : IRequest<TenantView?>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class GetTenantHandler(TenantDoor door) : IRequestHandler<GetTenant, TenantView?>
{
    public async ValueTask<TenantView?> Handle(GetTenant request, CancellationToken cancellationToken) =>
        await door.FindAsync(request.Id, cancellationToken) is { } tenant ? TenantView.Of(tenant) : null;
}
