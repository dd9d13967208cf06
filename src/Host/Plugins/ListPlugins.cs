using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Plugins;

/// <summary>Every domain package of this host, also those that are not active; ordered by id.</summary>
internal sealed record ListPlugins : IRequest<IReadOnlyList<PluginView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class ListPluginsHandler(CatalogDbContext catalog, PluginViews views) : IRequestHandler<ListPlugins, IReadOnlyList<PluginView>>
{
    public async ValueTask<IReadOnlyList<PluginView>> Handle(ListPlugins request, CancellationToken cancellationToken) =>
        [.. (await catalog.Plugins.AsNoTracking().OrderBy(row => row.DomainId).ToListAsync(cancellationToken)).Select(views.Of)];
}
