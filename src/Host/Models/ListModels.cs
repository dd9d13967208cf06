using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>The installed models, ordered by name.</summary>
internal sealed record ListModels : IRequest<IReadOnlyList<ModelView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class ListModelsHandler(CatalogDbContext catalog) : IRequestHandler<ListModels, IReadOnlyList<ModelView>>
{
    public async ValueTask<IReadOnlyList<ModelView>> Handle(ListModels request, CancellationToken cancellationToken) =>
        (await catalog.Models.AsNoTracking().OrderBy(row => row.NameKey).ToListAsync(cancellationToken)).ConvertAll(ModelView.Of);
}
