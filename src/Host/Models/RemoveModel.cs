using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Takes a model away from everybody; answers that run finish.</summary>
/// <param name="Force">Also where it is in use: it is the platform's default, or tenants chose it.</param>
internal sealed record RemoveModel(string Name, bool Force) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class RemoveModelHandler(CatalogDbContext catalog, ModelInstaller installer) : IRequestHandler<RemoveModel, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(RemoveModel request, CancellationToken cancellationToken)
    {
        if (await catalog.FindModelAsync(request.Name, cancellationToken) is not { } model)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        var tenants = await catalog.ModelSettings.Where(row => row.ModelSha256 == model.Sha256).Select(row => row.TenantId).Distinct().CountAsync(cancellationToken);
        if (!request.Force && (model.IsDefault || tenants > 0))
        {
            var use = model.IsDefault
                ? $"It is the platform's default for {ModelRoles.Text(model.Role)}."
                : string.Create(CultureInfo.InvariantCulture, $"{tenants} tenants chose it.");
            return new Outcome<Unit>.Refused(ErrorCode.Conflict, $"{use} Name another one first, or remove it by force: then domains that used it take what is next, or quote.");
        }

        return await installer.RemoveAsync(model.Sha256, cancellationToken) ? Unit.Value : Outcome<Unit>.Refused.NotFound;
    }
}
