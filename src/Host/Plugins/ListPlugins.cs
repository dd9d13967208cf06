using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;

namespace Tessera.Host.Plugins;

/// <summary>Domain packages of this host, ordered by id: for platform administrators all, for others those that are active.</summary>
internal sealed record ListPlugins : IRequest<IReadOnlyList<PluginView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ListPluginsHandler(CatalogDbContext catalog, PluginViews views, CurrentTenant tenant)
    : IRequestHandler<ListPlugins, IReadOnlyList<PluginView>>
{
    public async ValueTask<IReadOnlyList<PluginView>> Handle(ListPlugins request, CancellationToken cancellationToken)
    {
        var all = tenant.Caller.Has(Right.ManagePlatform);
        var rows = await catalog.Plugins.AsNoTracking().Where(row => all || row.State == PluginState.Active)
            .OrderBy(row => row.DomainId).ToListAsync(cancellationToken);
        return rows.ConvertAll(views.Of);
    }
}
