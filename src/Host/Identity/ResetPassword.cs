using Mediator;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Makes a new password for a user who lost theirs, and ends all of their sessions. Keys stay.</summary>
internal sealed record ResetPassword(string Name) : IRequest<Outcome<UserView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ResetPasswordHandler(CatalogDbContext catalog, UserManager<User> users, UserDoor door)
    : IRequestHandler<ResetPassword, Outcome<UserView>>
{
    public async ValueTask<Outcome<UserView>> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        var name = users.NormalizeName(request.Name);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.All.FirstOrDefaultAsync(row => row.User.NormalizedUserName == name, cancellationToken) is not { } place)
        {
            return Outcome<UserView>.Refused.NotFound;
        }

        if (await door.RefusalAsync<UserView>(place, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var password = FirstStart.MakePassword();
        place.User.Take(users.PasswordHasher, password);
        await users.UpdateSecurityStampAsync(place.User);
        await transaction.CommitAsync(cancellationToken);
        return UserView.Of(place) with { Password = password };
    }
}
