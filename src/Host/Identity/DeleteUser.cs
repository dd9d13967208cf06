using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Takes a user away with their keys and sessions. Documents that they uploaded are the tenant's and stay.</summary>
internal sealed record DeleteUser(Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class DeleteUserHandler(CatalogDbContext catalog, UserDoor door, PlatformAdministrators administrators)
    : IRequestHandler<DeleteUser, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(DeleteUser request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } place)
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        if (await door.RefusalAsync<Unit>(place, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (!await administrators.StayWithoutAsync(place.User.Id, cancellationToken))
        {
            return new Outcome<Unit>.Refused(ErrorCode.LastAdministrator, "Name another platform administrator first.");
        }

        catalog.Users.Remove(place.User);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
