using Microsoft.Extensions.AI;

namespace Tessera.Inference.Templates;

/// <summary>Messages for templates that know no system message, or want users and models in turns.</summary>
internal static class MessageFolding
{
    /// <summary>System messages go to the user's next one, and neighbours of one role become one.</summary>
    public static IReadOnlyList<ChatMessage> Fold(IReadOnlyList<ChatMessage> messages)
    {
        var folded = new List<ChatMessage>();
        foreach (var message in messages)
        {
            var role = message.Role == ChatRole.System ? ChatRole.User : message.Role;
            if (folded.Count > 0 && folded[^1].Role == role && role != ChatRole.Tool)
            {
                var before = folded[^1];
                folded[^1] = new ChatMessage(role, [.. before.Contents, new TextContent("\n\n"), .. message.Contents]);
            }
            else
            {
                folded.Add(new ChatMessage(role, [.. message.Contents]));
            }
        }

        return folded;
    }
}
