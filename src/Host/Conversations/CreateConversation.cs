using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Conversations;

/// <summary>Begins a conversation of the caller; null where the domain is unknown to the tenant.</summary>
internal sealed record CreateConversation(string Domain) : IRequest<ConversationView?>, IRequireRight
{
    public Right Right => Right.Ask;
}

internal sealed class CreateConversationHandler(TenantDbContext rows, EnabledDomains domains, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<CreateConversation, ConversationView?>
{
    public async ValueTask<ConversationView?> Handle(CreateConversation request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var made = new Conversation
        {
            Id = Guid.CreateVersion7(now), TenantId = tenant.Id, UserId = tenant.Caller.UserId, Domain = request.Domain, CreatedAt = now, UpdatedAt = now,
        };
        rows.Conversations.Add(made);
        await rows.SaveChangesAsync(cancellationToken);
        return ConversationView.Of(made);
    }
}
