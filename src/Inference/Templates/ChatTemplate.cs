using Microsoft.Extensions.AI;

namespace Tessera.Inference.Templates;

/// <summary>Interim.</summary>
public sealed class ChatTemplate
{
    public static ChatTemplate None { get; } = new();
    public bool IsFallback => true;
    public static ChatTemplate Parse(string source, string? bosToken, string? eosToken, TimeProvider time) => throw new ModelException(ModelFault.BadTemplate, "not yet");
    public RenderedPrompt Render(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration>? tools, bool addGenerationPrompt) =>
        new([new PromptPart(string.Join('\n', messages.Select(m => m.Text)), false)]);
}
