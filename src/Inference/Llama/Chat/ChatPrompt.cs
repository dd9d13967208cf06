using Microsoft.Extensions.AI;
using Tessera.Inference.Llama.Loading;
using Tessera.Sdk;

namespace Tessera.Inference.Llama.Chat;

/// <summary>Messages → the model's template → tokens. Safe for concurrent use.</summary>
internal sealed class ChatPrompt(LoadedChat model)
{
    public PromptPlan Plan(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            messages = [new ChatMessage(ChatRole.System, instructions), .. messages];
        }

        var tools = options is { ToolMode: NoneChatToolMode } ? [] : options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        var tokens = Tokens(messages, tools, open: true);
        return new PromptPlan(tokens, IsShared(options) && messages is [{ Role.Value: "system" }, ..] ? Common(tokens, messages[0], tools) : 0);
    }

    private static bool IsShared(ChatOptions? options) =>
        options?.AdditionalProperties is { } properties && properties.TryGetValue(SharedInstructions.Key, out bool shared) && shared;

    // The tokens that any question behind these instructions begins with: what two different ones have in common.
    private int Common(IReadOnlyList<int> tokens, ChatMessage system, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var least = tokens.Count;
        foreach (var other in (string[])["0", "x"])
        {
            var probe = Tokens([system, new ChatMessage(ChatRole.User, other)], tools, open: false);
            least = Math.Min(least, probe.Zip(tokens).TakeWhile(pair => pair.First == pair.Second).Count());
        }

        return least;
    }

    private IReadOnlyList<int> Tokens(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration> tools, bool open) =>
        model.Tokenizer.Tokenize(model.Template.Render(messages, tools, open).Parts);
}
