using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Another name for a model, or whether it is the platform's default for its role; null leaves as it is.</summary>
internal sealed record ChangeModel(string Name, string? NewName, bool? IsDefault) : IRequest<Outcome<ModelView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class ChangeModelHandler(CatalogDbContext catalog) : IRequestHandler<ChangeModel, Outcome<ModelView>>
{
    public async ValueTask<Outcome<ModelView>> Handle(ChangeModel request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await catalog.FindModelAsync(request.Name, cancellationToken) is not { } model)
        {
            return Outcome<ModelView>.Refused.NotFound;
        }

        if (request.NewName is { } name)
        {
            if (ModelName.Problem(name) is { } problem)
            {
                return new Outcome<ModelView>.Refused(ErrorCode.InvalidRequest, problem);
            }

            var key = ModelName.Key(name);
            if (await catalog.Models.AnyAsync(row => row.NameKey == key && row.Sha256 != model.Sha256, cancellationToken))
            {
                return new Outcome<ModelView>.Refused(ErrorCode.NameTaken, "Another model has this name. Choose another one.");
            }

            (model.Name, model.NameKey) = (name, key);
        }

        if (request.IsDefault is { } isDefault)
        {
            // First, or two would be the default for a moment, which the index does not allow.
            await catalog.Models.Where(row => row.Role == model.Role && row.Sha256 != model.Sha256 && isDefault)
                .ExecuteUpdateAsync(row => row.SetProperty(other => other.IsDefault, false), cancellationToken);
            model.IsDefault = isDefault;
        }

        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ModelView.Of(model);
    }
}
