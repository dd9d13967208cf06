using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tessera.Host.OpenAi;

/// <summary>Tools and formats of a request.</summary>
internal static class ToolFields
{
    private const int Most = 128;

    public static IList<AITool>? Read(RequestReader request)
    {
        if (request.Children("tools") is not { Count: > 0 } tools)
        {
            return null;
        }

        return tools.Count <= Most ? [.. tools.Select(ReadTool)] : throw request.Bad("tools", $"at most {Most} are taken");
    }

    public static ChatToolMode? ReadMode(RequestReader request) => request.Any("tool_choice") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } => ChatToolMode.RequireSpecific(
            request.Child("tool_choice")!.Child("function")?.Required("name") ?? throw request.Bad("tool_choice", "it names no function")),
        _ => request.Text("tool_choice") switch
        {
            "none" => ChatToolMode.None,
            "auto" => ChatToolMode.Auto,
            "required" => ChatToolMode.RequireAny,
            _ => throw request.Bad("tool_choice", "one of none, auto, required or a function is expected"),
        },
    };

    public static ChatResponseFormat? ReadFormat(RequestReader request)
    {
        if (request.Child("response_format") is not { } format)
        {
            return null;
        }

        switch (format.Required("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                var named = format.Child("json_schema") ?? throw format.Bad("json_schema", "it is missing");
                return ChatResponseFormat.ForJsonSchema(named.Any("schema") ?? throw named.Bad("schema", "it is missing"), named.Text("name"), named.Text("description"));
            default:
                throw format.Bad("type", "one of text, json_object and json_schema is expected");
        }
    }

    private static AITool ReadTool(RequestReader tool)
    {
        if (tool.Required("type") != "function")
        {
            throw tool.Bad("type", "only functions are called");
        }

        var function = tool.Child("function") ?? throw tool.Bad("function", "it is missing");
        return AIFunctionFactory.CreateDeclaration(
            function.Required("name"), function.Text("description"), function.Any("parameters") ?? JsonSerializer.SerializeToElement(new { type = "object", properties = new { } }));
    }
}
