using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>The users whom the caller manages, oldest first.</summary>
/// <param name="Tenant">Only this tenant's; null: of all that the caller manages.</param>
internal sealed record ListUsers(TenantId? Tenant, PageQuery Page) : IRequest<Page<UserView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ListUsersHandler(UserDoor door) : IRequestHandler<ListUsers, Page<UserView>>
{
    public async ValueTask<Page<UserView>> Handle(ListUsers request, CancellationToken cancellationToken)
    {
        var places = door.All.AsNoTracking();
        if (request.Tenant is { } tenant)
        {
            places = places.Where(place => place.Membership.TenantId == tenant);
        }

        if (request.Page.AfterId is { } after)
        {
            places = places.Where(place => place.User.Id.CompareTo(after) > 0);
        }

        var found = await places.OrderBy(place => place.User.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        return Page<UserView>.Of(found.ConvertAll(UserView.Of), request.Page, view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
