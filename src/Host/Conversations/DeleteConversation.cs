using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Identity;

namespace Tessera.Host.Conversations;

/// <summary>Deletes a conversation of the caller with its turns. False where there is none of this id.</summary>
internal sealed record DeleteConversation(string Domain, Guid Id) : IRequest<bool>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class DeleteConversationHandler(ConversationDoor door) : IRequestHandler<DeleteConversation, bool>
{
    // The turns go by their foreign key.
    public async ValueTask<bool> Handle(DeleteConversation request, CancellationToken cancellationToken) =>
        await door.All(request.Domain).Where(row => row.Id == request.Id).ExecuteDeleteAsync(cancellationToken) > 0;
}
