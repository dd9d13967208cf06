using Mediator;
using Microsoft.AspNetCore.Identity;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>A new user of a tenant.</summary>
/// <param name="Password">Null: one is made, and is in the reply.</param>
internal sealed record CreateUser(TenantId Tenant, string Name, UserRole Role, string? Password)
    : IRequest<Outcome<UserView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class CreateUserHandler(
    CatalogDbContext catalog, UserManager<User> users, TenantDoor tenants, UserDoor door, TimeProvider time)
    : IRequestHandler<CreateUser, Outcome<UserView>>
{
    public async ValueTask<Outcome<UserView>> Handle(CreateUser request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (!await tenants.HasAsync(request.Tenant, cancellationToken))
        {
            return Outcome<UserView>.Refused.NotFound;
        }

        var now = time.GetUtcNow();
        var user = new User { Id = Guid.CreateVersion7(now), UserName = request.Name, CreatedAt = now };
        var place = new UserPlace
        {
            User = user, Membership = new Membership { UserId = user.Id, TenantId = request.Tenant, Role = TenantRole.Reader },
        };
        if (await door.RefusalAsync<UserView>(place, request.Role, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (UserRules.Refusal<UserView>(request.Name, request.Password) is { } weak)
        {
            return weak;
        }

        place.Give(request.Role);
        var password = request.Password ?? FirstStart.MakePassword();
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return made.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                ? new Outcome<UserView>.Refused(ErrorCode.NameTaken, "Another user has this name. Choose another one.")
                : new Outcome<UserView>.Refused(ErrorCode.InvalidRequest, "The name or the password is not taken here.");
        }

        catalog.Memberships.Add(place.Membership);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return UserView.Of(place) with { Password = request.Password is null ? password : null };
    }
}
