using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>Another name for a tenant.</summary>
internal sealed record RenameTenant(TenantId Id, string Name) : IRequest<Outcome<TenantView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class RenameTenantHandler(CatalogDbContext catalog, TenantDoor door)
    : IRequestHandler<RenameTenant, Outcome<TenantView>>
{
    public async ValueTask<Outcome<TenantView>> Handle(RenameTenant request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } tenant)
        {
            return Outcome<TenantView>.Refused.NotFound;
        }

        if (PlainName.Problem(request.Name) is { } problem)
        {
            return new Outcome<TenantView>.Refused(ErrorCode.InvalidRequest, problem);
        }

        var key = request.Name.ToLowerInvariant();
        if (await catalog.Tenants.AnyAsync(row => row.NameKey == key && row.Id != tenant.Id, cancellationToken))
        {
            return new Outcome<TenantView>.Refused(ErrorCode.NameTaken, "Another tenant has this name. Choose another one.");
        }

        (tenant.Name, tenant.NameKey) = (request.Name, key);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TenantView.Of(tenant);
    }
}
