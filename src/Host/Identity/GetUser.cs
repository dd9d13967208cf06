using Mediator;

namespace Tessera.Host.Identity;

/// <summary>One user; null where there is none of this id for the caller to manage.</summary>
internal sealed record GetUser(Guid Id) : IRequest<UserView?>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class GetUserHandler(UserDoor door) : IRequestHandler<GetUser, UserView?>
{
    public async ValueTask<UserView?> Handle(GetUser request, CancellationToken cancellationToken) =>
        await door.FindAsync(request.Id, cancellationToken) is { } place ? UserView.Of(place) : null;
}
