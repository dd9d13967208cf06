using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Which models a tenant chose, and among which it can choose.</summary>
internal sealed record GetTenantModels(TenantId Tenant) : IRequest<Outcome<TenantModelsView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

/// <param name="Items">What was chosen; roles and domains without an entry take the domain's model or the platform's default.</param>
/// <param name="Available">The installed models.</param>
internal sealed record TenantModelsView(IReadOnlyList<TenantModelView> Items, IReadOnlyList<AvailableModel> Available);

/// <param name="Domain">Null: every domain without an entry of its own.</param>
/// <param name="Role">chat, embedding or reranker.</param>
/// <param name="Model">An installed model's name; none: answers quote.</param>
internal sealed record TenantModelView(string? Domain, string Role, string Model);

/// <param name="Role">chat, embedding or reranker.</param>
internal sealed record AvailableModel(string Name, string Role);

internal sealed class GetTenantModelsHandler(CatalogDbContext catalog, TenantDoor door) : IRequestHandler<GetTenantModels, Outcome<TenantModelsView>>
{
    public async ValueTask<Outcome<TenantModelsView>> Handle(GetTenantModels request, CancellationToken cancellationToken)
    {
        if (!await door.HasAsync(request.Tenant, cancellationToken))
        {
            return Outcome<TenantModelsView>.Refused.NotFound;
        }

        var models = await catalog.Models.AsNoTracking().OrderBy(row => row.NameKey).ToListAsync(cancellationToken);
        var names = models.ToDictionary(row => row.Sha256, row => row.Name, StringComparer.Ordinal);
        var settings = await catalog.ModelSettings.AsNoTracking().Where(row => row.TenantId == request.Tenant)
            .OrderBy(row => row.DomainId).ThenBy(row => row.Role).ToListAsync(cancellationToken);
        return new TenantModelsView(
            settings.ConvertAll(row => new TenantModelView(
                row.DomainId == TenantModelSetting.EveryDomain ? null : row.DomainId,
                ModelRoles.Text(row.Role),
                names.GetValueOrDefault(row.ModelSha256 ?? "", ModelName.None))),
            [.. models.Where(row => row.State == ModelState.Ready).Select(row => new AvailableModel(row.Name, ModelRoles.Text(row.Role)))]);
    }
}
