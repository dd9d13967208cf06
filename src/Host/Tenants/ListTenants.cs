using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Tenants;

/// <summary>The tenants that the caller manages, by name.</summary>
internal sealed record ListTenants(PageQuery Page) : IRequest<Page<TenantView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ListTenantsHandler(TenantDoor door) : IRequestHandler<ListTenants, Page<TenantView>>
{
    public async ValueTask<Page<TenantView>> Handle(ListTenants request, CancellationToken cancellationToken)
    {
        var rows = door.All.AsNoTracking();
        if (request.Page.After is { } after)
        {
            rows = rows.Where(row => row.NameKey.CompareTo(after) > 0);
        }

        var found = await rows.OrderBy(row => row.NameKey).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        return Page<TenantView>.Of(found.ConvertAll(TenantView.Of), request.Page, view => view.Name.ToLowerInvariant());
    }
}
