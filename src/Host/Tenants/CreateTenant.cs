using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>A new tenant without users and documents.</summary>
internal sealed record CreateTenant(string Name) : IRequest<Outcome<TenantView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class CreateTenantHandler(CatalogDbContext catalog, TimeProvider time)
    : IRequestHandler<CreateTenant, Outcome<TenantView>>
{
    public async ValueTask<Outcome<TenantView>> Handle(CreateTenant request, CancellationToken cancellationToken)
    {
        if (PlainName.Problem(request.Name) is { } problem)
        {
            return new Outcome<TenantView>.Refused(ErrorCode.InvalidRequest, problem);
        }

        var now = time.GetUtcNow();
        var tenant = new Tenant
        {
            Id = new TenantId(Guid.CreateVersion7(now)), Name = request.Name, NameKey = request.Name.ToLowerInvariant(), CreatedAt = now,
        };
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await catalog.Tenants.AnyAsync(row => row.NameKey == tenant.NameKey, cancellationToken))
        {
            return new Outcome<TenantView>.Refused(ErrorCode.NameTaken, "Another tenant has this name. Choose another one.");
        }

        catalog.Tenants.Add(tenant);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TenantView.Of(tenant);
    }
}
