using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>A key counts no more, from the next request on.</summary>
internal sealed record DeleteKey(Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class DeleteKeyHandler(CatalogDbContext catalog, KeyDoor door, UserDoor users)
    : IRequestHandler<DeleteKey, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(DeleteKey request, CancellationToken cancellationToken)
    {
        if (await door.FindAsync(request.Id, cancellationToken) is not { } key)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        if (await users.RefusalAsync<Unit>(await door.OwnerAsync(key, cancellationToken), null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        catalog.ApiKeys.Remove(key);
        await catalog.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
