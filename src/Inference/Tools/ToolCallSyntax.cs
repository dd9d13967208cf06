namespace Tessera.Inference.Tools;

/// <summary>How a family of models writes that it calls a tool.</summary>
/// <param name="Name">The family, for people.</param>
/// <param name="Opens">What a call begins with, anywhere in the text; null: only with its JSON, where a reply begins or a call has ended.</param>
/// <param name="Closes">What may follow a call and belongs to it.</param>
/// <param name="Arguments">The key of the arguments.</param>
internal sealed record ToolCallSyntax(string Name, string? Opens, string? Closes, string Arguments)
{
    /// <summary>Whether a call may stand bare at the beginning of a reply, as JSON alone.</summary>
    public bool IsBare { get; init; }

    /// <summary>Whether calls stand in a list.</summary>
    public bool IsList { get; init; }

    /// <summary>What stands between the name and the arguments, where the name stands outside of the JSON.</summary>
    public string? AfterName { get; init; }

    /// <summary>What stands between <see cref="Opens"/>, the JSON and <see cref="Closes"/> when the model writes it as it was taught.</summary>
    public string Line { get; init; } = "";

    /// <summary>Hermes, Qwen 2.5 and 3: <c>&lt;tool_call&gt;{"name":…,"arguments":{…}}&lt;/tool_call&gt;</c>, once for each call.</summary>
    public static ToolCallSyntax Hermes { get; } = new("Hermes", "<tool_call>", "</tool_call>", "arguments") { Line = "\n" };

    /// <summary>Llama 3.x: <c>{"name":…,"parameters":{…}}</c>, alone or behind <c>&lt;|python_tag|&gt;</c>.</summary>
    public static ToolCallSyntax Llama { get; } = new("Llama", "<|python_tag|>", null, "parameters") { IsBare = true };

    /// <summary>Mistral: <c>[TOOL_CALLS] [{"name":…,"arguments":{…}}]</c>.</summary>
    public static ToolCallSyntax Mistral { get; } = new("Mistral", "[TOOL_CALLS]", null, "arguments") { IsList = true };

    /// <summary>Later Mistral: <c>[TOOL_CALLS]name[ARGS]{…}</c>.</summary>
    public static ToolCallSyntax MistralNamed { get; } = new("Mistral, named", "[TOOL_CALLS]", null, "arguments") { AfterName = "[ARGS]" };

    /// <summary>Phi-4 and Granite: <c>&lt;|tool_call|&gt;[{"name":…,"arguments":{…}}]&lt;|/tool_call|&gt;</c>.</summary>
    public static ToolCallSyntax Phi { get; } = new("Phi", "<|tool_call|>", "<|/tool_call|>", "arguments") { IsList = true };

    /// <summary>Models that were taught nothing else: <c>{"name":…,"arguments":{…}}</c> as the whole reply.</summary>
    public static ToolCallSyntax Json { get; } = new("JSON", null, null, "arguments") { IsBare = true };

    /// <summary>The syntax that a model's chat template speaks.</summary>
    /// <param name="chatTemplateSource">The template as the model file holds it; null: there is none.</param>
    public static ToolCallSyntax Of(string? chatTemplateSource)
    {
        bool Has(string part) => chatTemplateSource?.Contains(part, StringComparison.Ordinal) ?? false;
        return Has("[TOOL_CALLS]") ? (Has("[ARGS]") ? MistralNamed : Mistral)
            : Has("<|tool_call|>") || Has("<|/tool|>") ? Phi
            : Has("<tool_call>") && !Has("<function=") ? Hermes
            : Has("<|python_tag|>") || (Has("ipython") && Has("\"parameters\"")) ? Llama
            : Json;
    }
}
