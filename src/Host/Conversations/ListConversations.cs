using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Conversations;

/// <summary>The caller's conversations of a domain, newest first; null where the domain is unknown to the tenant.</summary>
internal sealed record ListConversations(string Domain, PageQuery Page) : IRequest<Page<ConversationView>?>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class ListConversationsHandler(ConversationDoor door, EnabledDomains domains, CurrentTenant tenant)
    : IRequestHandler<ListConversations, Page<ConversationView>?>
{
    public async ValueTask<Page<ConversationView>?> Handle(ListConversations request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return null;
        }

        var own = door.All(request.Domain).AsNoTracking();
        if (request.Page.AfterId is { } after)
        {
            own = own.Where(row => row.Id.CompareTo(after) < 0);
        }

        var found = await own.OrderByDescending(row => row.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        return Page<ConversationView>.Of(
            found.ConvertAll(ConversationView.Of), request.Page, view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
