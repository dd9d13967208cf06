using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Conversations;

/// <summary>Deletes all of the caller's conversations of a domain; false where the domain is unknown to the tenant.</summary>
internal sealed record DeleteConversations(string Domain) : IRequest<bool>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class DeleteConversationsHandler(ConversationDoor door, EnabledDomains domains, CurrentTenant tenant)
    : IRequestHandler<DeleteConversations, bool>
{
    public async ValueTask<bool> Handle(DeleteConversations request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return false;
        }

        await door.All(request.Domain).ExecuteDeleteAsync(cancellationToken);
        return true;
    }
}
