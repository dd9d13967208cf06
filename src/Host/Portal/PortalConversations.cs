using Tessera.Host.Conversations;
using Tessera.Host.Portal.Parts;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>What the list of conversations does.</summary>
internal static class PortalConversations
{
    private const int PageSize = 50;

    /// <summary>The person's conversations of a domain in which something was said, newest first, behind the given key.</summary>
    public static async Task<Page<ConversationView>> ConversationsAsync(this PortalSession session, string domain, string? cursor)
    {
        var page = await session.SendAsync(new ListConversations(domain, new PageQuery(PageSize, cursor))) ?? new Page<ConversationView>([], null);
        return page with { Items = [.. page.Items.Where(x => x.Title.Length > 0)] };
    }

    /// <summary>The id of what was said last in a conversation; null where nothing was kept.</summary>
    public static async Task<Guid?> LastTurnAsync(this PortalSession session, string domain, Guid? conversation) =>
        conversation is { } id && await session.SendAsync(new GetConversation(domain, id)) is { Turns: [.., var last] } ? last.Id : null;

    /// <summary>What was said in a conversation, oldest first; null where it is not there any more.</summary>
    public static async Task<IReadOnlyList<Turn>?> ReopenAsync(this PortalSession session, AskableDomain domain, Guid conversation)
    {
        if (await session.SendAsync(new GetConversation(domain.Id, conversation)) is not { } found)
        {
            return null;
        }

        var passages = await session.SendAsync(new FindQuoted([.. found.Turns.SelectMany(x => x.Answer.Citations)]));
        return [.. found.Turns.Select(x => Turn.Reopened(domain, x, passages))];
    }
}
