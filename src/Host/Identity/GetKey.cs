using Mediator;

namespace Tessera.Host.Identity;

/// <summary>One key; null where there is none of this id for the caller to manage.</summary>
internal sealed record GetKey(Guid Id) : IRequest<KeyView?>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class GetKeyHandler(KeyDoor door) : IRequestHandler<GetKey, KeyView?>
{
    public async ValueTask<KeyView?> Handle(GetKey request, CancellationToken cancellationToken) =>
        await door.FindAsync(request.Id, cancellationToken) is { } key ? KeyView.Of(key) : null;
}
