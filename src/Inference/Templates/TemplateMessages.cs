using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference.Templates.Jinja;

namespace Tessera.Inference.Templates;

/// <summary>Messages and tools in the shape that chat templates expect. Everything in them is from outside.</summary>
internal static class TemplateMessages
{
    public static List<object?> Of(IReadOnlyList<ChatMessage> messages) => [.. messages.SelectMany(Of)];

    public static List<object?> OfTools(IReadOnlyList<AIFunctionDeclaration> tools) => [.. tools.Select(object? (tool) => new JinjaMap
    {
        ["type"] = JinjaText.Trusted("function"),
        ["function"] = new JinjaMap
        {
            ["name"] = JinjaText.Untrusted(tool.Name),
            ["description"] = JinjaText.Untrusted(tool.Description),
            ["parameters"] = Value(tool.JsonSchema),
        },
    })];

    private static IEnumerable<object?> Of(ChatMessage message)
    {
        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        if (results.Count > 0)
        {
            // Each result is a message of its own.
            return results.Select(object? (result) => new JinjaMap
            {
                ["role"] = JinjaText.Trusted("tool"),
                ["tool_call_id"] = JinjaText.Untrusted(result.CallId),
                ["content"] = JinjaText.Untrusted(ResultText(result.Result)),
            });
        }

        var map = new JinjaMap
        {
            ["role"] = JinjaText.Trusted(Role(message.Role)),
            ["content"] = JinjaText.Untrusted(message.Text),
        };
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        if (calls.Count > 0)
        {
            map["tool_calls"] = calls.Select(object? (call) => Call(call)).ToList();
        }

        return [map];
    }

    // Only the roles that there are: a role's name is no place for marks.
    private static string Role(ChatRole role) => role.Value is "system" or "user" or "assistant" or "tool" ? role.Value : "user";

    private static JinjaMap Call(FunctionCallContent call) => new()
    {
        ["id"] = JinjaText.Untrusted(call.CallId),
        ["type"] = JinjaText.Trusted("function"),
        ["function"] = new JinjaMap
        {
            ["name"] = JinjaText.Untrusted(call.Name),
            ["arguments"] = Value(JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions)),
        },
    };

    private static string ResultText(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions),
    };

    private static object? Value(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JinjaMap();
                foreach (var property in json.EnumerateObject())
                {
                    map.Set(JinjaText.Untrusted(property.Name), Value(property.Value));
                }

                return map;
            case JsonValueKind.Array:
                return json.EnumerateArray().Select(Value).ToList();
            case JsonValueKind.String:
                return JinjaText.Untrusted(json.GetString() ?? "");
            case JsonValueKind.Number:
                return json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }
}
