using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Startup;

namespace Tessera.Host.Identity;

/// <summary>The keys that the caller manages, oldest first.</summary>
/// <param name="User">Only this user's; null: all.</param>
internal sealed record ListKeys(Guid? User, PageQuery Page) : IRequest<Page<KeyView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ListKeysHandler(KeyDoor door) : IRequestHandler<ListKeys, Page<KeyView>>
{
    public async ValueTask<Page<KeyView>> Handle(ListKeys request, CancellationToken cancellationToken)
    {
        var keys = door.All.AsNoTracking();
        if (request.User is { } user)
        {
            keys = keys.Where(key => key.UserId == user);
        }

        if (request.Page.AfterId is { } after)
        {
            keys = keys.Where(key => key.Id.CompareTo(after) > 0);
        }

        var found = await keys.OrderBy(key => key.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        return Page<KeyView>.Of(found.ConvertAll(KeyView.Of), request.Page, view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
