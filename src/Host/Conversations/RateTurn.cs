using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Conversations;

/// <summary>What the caller thinks of an answer in a conversation of theirs; false where there is no such turn.</summary>
/// <param name="Useful">Null: nothing any more.</param>
internal sealed record RateTurn(string Domain, Guid Conversation, Guid Turn, bool? Useful) : IRequest<bool>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class RateTurnHandler(TenantDbContext rows, ConversationDoor door) : IRequestHandler<RateTurn, bool>
{
    public async ValueTask<bool> Handle(RateTurn request, CancellationToken cancellationToken) =>
        await door.FindAsync(request.Domain, request.Conversation, cancellationToken) is not null
        && await rows.Turns.Where(row => row.Id == request.Turn && row.ConversationId == request.Conversation)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.Useful, request.Useful), cancellationToken) == 1;
}
