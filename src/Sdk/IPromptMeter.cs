using Microsoft.Extensions.AI;

namespace Tessera.Sdk;

/// <summary>
/// Counts a prompt's tokens with the model's own template and vocabulary. Asked of a chat client with <c>GetService(typeof(IPromptMeter))</c>;
/// a remote model has none. Safe for concurrent use.
/// </summary>
public interface IPromptMeter
{
    /// <summary>Tokens that these messages take as a prompt, the opening of the reply included.</summary>
    int CountTokens(IEnumerable<ChatMessage> messages, ChatOptions? options = null);
}
