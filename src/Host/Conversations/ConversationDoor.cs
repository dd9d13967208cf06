using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Tenants;

namespace Tessera.Host.Conversations;

/// <summary>The one place where an id becomes a conversation: of the current caller, in the domain, or nothing.</summary>
internal sealed class ConversationDoor(TenantDbContext rows, CurrentTenant tenant)
{
    /// <summary>The caller's own of a domain.</summary>
    public IQueryable<Conversation> All(string domain)
    {
        var user = tenant.Caller.UserId;
        return rows.Conversations.Where(row => row.UserId == user && row.Domain == domain);
    }

    /// <summary>The row, tracked; null for ids that are unknown, of another domain or another user's.</summary>
    public Task<Conversation?> FindAsync(string domain, Guid id, CancellationToken cancellationToken) =>
        All(domain).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
}
