using System.Text;
using Microsoft.Extensions.AI;
using Tessera.Inference.Constraints;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Inference.Constraints.Schemas;
using Tessera.Inference.Llama.Engine;
using Tessera.Inference.Llama.Loading;
using Tessera.Inference.Tools;
using Tessera.Sdk;

namespace Tessera.Inference.Llama.Chat;

/// <summary>What a reply may be made of, and how it is read.</summary>
/// <param name="Constraint">Holds the model; null: it may write anything. Disposed by the engine.</param>
/// <param name="Reader">Turns its tokens into contents.</param>
internal sealed record ReplyForm(ITokenConstraint? Constraint, ReplyReader Reader)
{
    /// <summary>Benchmarks: tokens that end a reply are read on like others.</summary>
    public const string NeverEnd = "tessera.neverEnd";

    /// <summary>Benchmarks: the reply begins inside a quote.</summary>
    public const string Opened = "tessera.opened";

    /// <summary>A grammar (GBNF) of our own making that the whole reply is held to.</summary>
    public const string Grammar = "tessera.grammar";

    /// <exception cref="ModelException"><see cref="ModelFault.BadSchema"/>.</exception>
    public static ReplyForm Of(LoadedChat model, ChatOptions? options)
    {
        var quotes = options?.AdditionalProperties?.GetValueOrDefault(QuoteLock.Key) as QuoteLock;
        var tools = options is { ToolMode: NoneChatToolMode } ? [] : options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        var sources = quotes is null ? null : new QuoteSources(quotes.Sources, quotes.MinimumWords);
        var grammar = GrammarOf(model, options, tools);
        var held = grammar is null ? null : model.Constrain(grammar);
        var locked = sources is null ? null : new QuoteConstraint(model.Trie, sources, quotes!);
        var reader = sources is null ? null : new QuoteReader(sources, quotes!);
        if (options?.AdditionalProperties?.ContainsKey(Opened) is true)
        {
            locked?.Open();
            reader?.Add(Encoding.UTF8.GetBytes(QuoteLock.Open)).Count();
        }

        return new ReplyForm(
            held is not null && locked is not null ? new BothConstraint(locked, held) : (ITokenConstraint?)held ?? locked,
            new ReplyReader(
                model,
                reader,
                tools.Count == 0 ? null : new ToolCallParser(model.ToolCalls, tools.Select(tool => tool.Name)),
                [.. options?.StopSequences?.Where(word => word.Length > 0) ?? []]));
    }

    private static string? GrammarOf(LoadedChat model, ChatOptions? options, List<AIFunctionDeclaration> tools)
    {
        if (options?.AdditionalProperties?.GetValueOrDefault(Grammar) is string given)
        {
            return given;
        }

        if (options?.ToolMode is RequiredChatToolMode mode)
        {
            return tools.Count > 0 ? ToolGrammar.For(model.ToolCalls, tools, mode)
                : throw new ModelException(ModelFault.BadSchema, "A call of a tool is required, and no tool is given.");
        }

        return options?.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } => JsonGrammar.FromSchema(schema),
            ChatResponseFormatJson => JsonGrammar.AnyObject,
            _ => null,
        };
    }
}
