using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Takes a user away with their keys, sessions and conversations. Documents that they uploaded are the tenant's and stay.</summary>
internal sealed record DeleteUser(Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class DeleteUserHandler(CatalogDbContext catalog, UserDoor door, PlatformAdministrators administrators, GoneUsers gone)
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

        var tenants = await catalog.Memberships.Where(row => row.UserId == place.User.Id).Select(row => row.TenantId).ToListAsync(cancellationToken);
        catalog.Users.Remove(place.User);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // The user is gone: what is left of them goes too, whether or not the caller still listens.
        await gone.ForgetAsync(place.User.Id, tenants, CancellationToken.None);
        return Unit.Value;
    }
}
