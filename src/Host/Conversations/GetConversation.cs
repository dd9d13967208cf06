using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Conversations;

/// <summary>One conversation of the caller with its turns; null where there is none of this id.</summary>
internal sealed record GetConversation(string Domain, Guid Id) : IRequest<WholeConversation?>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class GetConversationHandler(TenantDbContext rows, ConversationDoor door) : IRequestHandler<GetConversation, WholeConversation?>
{
    public async ValueTask<WholeConversation?> Handle(GetConversation request, CancellationToken cancellationToken)
    {
        if (await door.FindAsync(request.Domain, request.Id, cancellationToken) is not { } found)
        {
            return null;
        }

        var turns = await rows.Turns.AsNoTracking().Where(row => row.ConversationId == found.Id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return new WholeConversation(found.Id, found.Domain, found.Title, found.CreatedAt, found.UpdatedAt, turns.ConvertAll(TurnView.Of));
    }
}
