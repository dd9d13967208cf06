using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tessera.Host.OpenAi;

/// <summary>The messages of a request.</summary>
internal static class MessageFields
{
    private const int Most = 1000;

    public static IReadOnlyList<ChatMessage> Read(RequestReader request)
    {
        var messages = request.Children("messages") ?? throw request.Bad("messages", "it is missing");
        return messages.Count is > 0 and <= Most ? [.. messages.Select(ReadMessage)] : throw request.Bad("messages", $"1 to {Most} messages are expected");
    }

    private static ChatMessage Make(RequestReader message, string role, ChatRole known) => new(known, Contents(message, role));

    private static ChatMessage ReadMessage(RequestReader message) => message.Required("role") switch
    {
        "system" or "developer" => Make(message, "system", ChatRole.System),
        "user" => Make(message, "user", ChatRole.User),
        "assistant" => Make(message, "assistant", ChatRole.Assistant),
        "tool" => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.Required("tool_call_id"), Text(message))]),
        _ => throw message.Bad("role", "one of system, developer, user, assistant and tool is expected"),
    };

    private static List<AIContent> Contents(RequestReader message, string role)
    {
        var contents = new List<AIContent>();
        if (Text(message) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        foreach (var call in role == "assistant" ? message.Children("tool_calls") ?? [] : [])
        {
            var function = call.Child("function") ?? throw call.Bad("function", "it is missing");
            contents.Add(new FunctionCallContent(call.Required("id"), function.Required("name"), Arguments(function)));
        }

        return contents;
    }

    private static Dictionary<string, object?> Arguments(RequestReader function)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, object?>>(function.Text("arguments") is { Length: > 0 } json ? json : "{}") ?? [];
        }
        catch (JsonException)
        {
            throw function.Bad("arguments", "it is no JSON object");
        }
    }

    // A text, or parts of text; pictures and sounds are not read.
    private static string Text(RequestReader message)
    {
        if (message.Any("content") is not { ValueKind: JsonValueKind.Array })
        {
            return message.Text("content") ?? "";
        }

        return string.Concat(message.Children("content")!.Select(part => part.Required("type") is "text" or "refusal"
            ? part.Text("text") ?? part.Text("refusal") ?? ""
            : throw part.Bad("type", "only text is read")));
    }
}
