using System.Text;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>Counts a prompt's tokens: by the model's own meter, or by an estimate where it has none.</summary>
internal sealed class TokenMeter(IPromptMeter? meter)
{
    // What a chat template writes around a message, about.
    private const int AroundMessage = 8;
    private const int BytesPerToken = 3;

    public static TokenMeter Of(IChatClient client) => new(client.GetService(typeof(IPromptMeter)) as IPromptMeter);

    public int Count(IReadOnlyList<ChatMessage> messages) =>
        meter?.CountTokens(messages) ?? messages.Sum(message => AroundMessage + Estimate(message.Text));

    private static int Estimate(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
