using Microsoft.Extensions.AI;
using Tessera.Inference.Templates.Jinja;
using Tessera.Inference.Templates.Jinja.Library;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Conversation;

/// <summary>The variables that a template finds: messages and tools as OpenAI's interface shapes them. Names and roles are trusted, all else is not.</summary>
internal sealed class PromptVariables
{
    private readonly ValueReader _reader = new();

    public Dictionary<string, Value> All { get; } = new(StringComparer.Ordinal);

    public long Characters => _reader.Characters;

    public static PromptVariables Of(Variant variant, IReadOnlyList<AIFunctionDeclaration>? tools)
    {
        var variables = new PromptVariables();
        variables.All["messages"] = new Sequence([.. variant.Turns.Select(turn => variables.Message(turn, variant))]);

        // Without tools and documents the names are there all the same, as in Hugging Face.
        variables.All["tools"] = tools is { Count: > 0 } ? new Sequence([.. tools.Select(variables.Tool)]) : None.Value;
        variables.All["documents"] = None.Value;
        return variables;
    }

    private Mapping Message(Turn turn, Variant variant)
    {
        var message = new Mapping();
        message.Set("role", turn.Role is Turn.System or Turn.User or Turn.Assistant or Turn.Tool ? Text.Trusted(turn.Role) : _reader.Text(turn.Role));
        message.Set("content", variant.ContentAsParts ? Parts(turn.Content) : _reader.Text(turn.Content));
        Set(message, "reasoning_content", turn.Reasoning);
        Set(message, "name", turn.Name);
        Set(message, "tool_call_id", turn.CallId);
        if (turn.Calls.Count > 0)
        {
            message.Set("tool_calls", new Sequence([.. turn.Calls.Select(call => ToolCall(call, variant))]));
        }

        return message;
    }

    private Sequence Parts(string content)
    {
        var part = new Mapping();
        part.Set("type", Text.Trusted("text"));
        part.Set("text", _reader.Text(content));
        return new Sequence([part]);
    }

    private void Set(Mapping into, string name, string? text)
    {
        if (text is not null)
        {
            into.Set(name, _reader.Text(text));
        }
    }

    private Mapping ToolCall(TurnCall call, Variant variant)
    {
        var function = new Mapping();
        function.Set("name", _reader.Text(call.Name));
        var arguments = _reader.Of(call.Arguments);
        function.Set("arguments", variant.ArgumentsAsText ? AsText(arguments) : arguments);
        return OfType("function", function, _reader.Text(call.Id));
    }

    private Text AsText(Value arguments) =>
        Text.Untrusted(new JsonText(new RenderBudget(_reader.Characters)) { ItemSeparator = ", ", KeySeparator = ": " }.Of(arguments).Plain);

    private Mapping Tool(AIFunctionDeclaration tool)
    {
        var function = new Mapping();
        function.Set("name", _reader.Text(tool.Name));
        function.Set("description", _reader.Text(tool.Description));
        function.Set("parameters", _reader.Of(tool.JsonSchema));
        return OfType("function", function, id: null);
    }

    private static Mapping OfType(string type, Mapping function, Text? id)
    {
        var mapping = new Mapping();
        if (id is not null)
        {
            mapping.Set("id", id);
        }

        mapping.Set("type", Text.Trusted(type));
        mapping.Set("function", function);
        return mapping;
    }
}
