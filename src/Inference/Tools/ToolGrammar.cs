using Microsoft.Extensions.AI;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Inference.Tools;

/// <summary>Grammars that make a model call a tool, in its family's syntax and with arguments that fit the tool's parameters.</summary>
internal static class ToolGrammar
{
    /// <summary>The grammar of one call, in GBNF; null where the model may do without.</summary>
    /// <param name="syntax">How the model writes calls.</param>
    /// <param name="tools">What is offered.</param>
    /// <param name="mode">What is asked for.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadSchema"/>: the tool is not offered, or its parameters cannot be met or are not understood.</exception>
    public static string? For(ToolCallSyntax syntax, IReadOnlyList<AIFunctionDeclaration> tools, ChatToolMode mode)
    {
        if (mode is not RequiredChatToolMode required)
        {
            return null;
        }

        var allowed = required.RequiredFunctionName is { } name ? [.. tools.Where(tool => tool.Name == name)] : tools;
        if (allowed.Count == 0)
        {
            throw new ModelException(ModelFault.BadSchema, required.RequiredFunctionName is { } missing
                ? $"The call of the tool '{missing}' is required, but it is not among the tools of the request."
                : "The call of a tool is required, but the request has no tools.");
        }

        var grammar = new GrammarText();
        return grammar.Write(string.Join(" | ", allowed.Select(tool => grammar.Add("call", Call(syntax, tool, grammar)))));
    }

    private static string Call(ToolCallSyntax syntax, AIFunctionDeclaration tool, GrammarText grammar)
    {
        var arguments = Arguments(tool, grammar);
        var opens = (syntax.IsBare ? "" : syntax.Opens) + syntax.Line;
        if (syntax.AfterName is { } after)
        {
            return $"{GrammarText.Literal(opens + tool.Name + after)} {arguments}";
        }

        var (before, behind) = syntax.IsList ? ("[", "]") : ("", "");
        var head = $$"""{{opens}}{{before}}{"name": {{JsonTexts.Of(tool.Name)}}, "{{syntax.Arguments}}": """;
        return $"{GrammarText.Literal(head)} {arguments} {GrammarText.Literal("}" + behind + syntax.Line + syntax.Closes)}";
    }

    private static string Arguments(AIFunctionDeclaration tool, GrammarText grammar)
    {
        try
        {
            return tool.JsonSchema.ValueKind == System.Text.Json.JsonValueKind.Undefined
                ? grammar.Known("object")
                : new SchemaCompiler(grammar, tool.JsonSchema).Compile(objectsOnly: true);
        }
        catch (ModelException e) when (e.Fault == ModelFault.BadSchema)
        {
            throw new ModelException(ModelFault.BadSchema, $"The parameters of the tool '{tool.Name}': {e.Message}", e);
        }
    }
}
