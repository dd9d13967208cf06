using Mediator;
using Microsoft.AspNetCore.Identity;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Changes a user; null leaves as it is. All of their sessions end.</summary>
internal sealed record ChangeUser(Guid Id, UserRole? Role, bool? Suspended, string? Password)
    : IRequest<Outcome<UserView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ChangeUserHandler(
    CatalogDbContext catalog, UserManager<User> users, UserDoor door, PlatformAdministrators administrators)
    : IRequestHandler<ChangeUser, Outcome<UserView>>
{
    public async ValueTask<Outcome<UserView>> Handle(ChangeUser request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } place)
        {
            return Outcome<UserView>.Refused.NotFound;
        }

        if (await door.RefusalAsync<UserView>(place, request.Role, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var user = place.User;
        if (UserRules.Refusal<UserView>(user.UserName ?? "", request.Password) is { } weak)
        {
            return weak;
        }

        var stays = request.Suspended != true && request.Role is null or UserRole.PlatformAdministrator;
        if (!stays && !await administrators.StayWithoutAsync(user.Id, cancellationToken))
        {
            return new Outcome<UserView>.Refused(ErrorCode.LastAdministrator, "Name another platform administrator first.");
        }

        if (request.Role is { } role)
        {
            place.Give(role);
        }

        user.Suspended = request.Suspended ?? user.Suspended;
        if (request.Password is { } password)
        {
            user.Take(users.PasswordHasher, password);
        }

        // Whatever changed: who they are is asked anew. Saves the rest too.
        await users.UpdateSecurityStampAsync(user);
        await transaction.CommitAsync(cancellationToken);
        return UserView.Of(place);
    }
}
