using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Chooses a tenant's model for a role.</summary>
/// <param name="Domain">Null: for every domain without a choice of its own.</param>
/// <param name="Role">chat, embedding or reranker.</param>
/// <param name="Model">An installed model's name; <c>none</c>: no model; null: whatever comes next.</param>
internal sealed record SetTenantModel(TenantId Tenant, string? Domain, string Role, string? Model) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class SetTenantModelHandler(CatalogDbContext catalog, TenantDoor door, LoadedPlugins plugins) : IRequestHandler<SetTenantModel, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(SetTenantModel request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (!await door.HasAsync(request.Tenant, cancellationToken))
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        if (ModelRoles.Find(request.Role) is not { } role)
        {
            return Invalid($"A role is one of {ModelRoles.Allowed}.");
        }

        if (request.Domain is { } domain && plugins.Find(domain) is null && !await catalog.Plugins.AnyAsync(row => row.DomainId == domain, cancellationToken))
        {
            return new Outcome<Unit>.Refused(ErrorCode.UnknownDomain, "No domain of this name is installed.");
        }

        var model = request.Model is null or ModelName.None ? null : await catalog.FindModelAsync(request.Model, cancellationToken);
        if (model is null && request.Model is not (null or ModelName.None))
        {
            return Invalid("No model of this name is installed. GET on this address lists those that are.");
        }

        if (model is not null && model.Role != role)
        {
            return Invalid($"This model's role is '{ModelRoles.Text(model.Role)}'.");
        }

        await SaveAsync(request, role, model, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task SaveAsync(SetTenantModel request, ModelRole role, InstalledModel? model, CancellationToken cancellationToken)
    {
        var domain = request.Domain ?? TenantModelSetting.EveryDomain;
        var row = await catalog.ModelSettings.FindAsync([request.Tenant, domain, role], cancellationToken);
        if (request.Model is null)
        {
            if (row is not null)
            {
                catalog.ModelSettings.Remove(row);
            }
        }
        else
        {
            row ??= catalog.ModelSettings.Add(new TenantModelSetting { TenantId = request.Tenant, DomainId = domain, Role = role }).Entity;
            row.ModelSha256 = model?.Sha256;
        }

        await catalog.SaveChangesAsync(cancellationToken);
    }

    private static Outcome<Unit>.Refused Invalid(string problem) => new(ErrorCode.InvalidRequest, problem);
}
