using Microsoft.Extensions.AI;
using Tessera.Inference.Templates.Conversation;
using Tessera.Inference.Templates.Jinja;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates;

/// <summary>
/// How a model wants a conversation written: the Jinja template of its own metadata. A template comes with a model file from anywhere, so reading and
/// running it is bounded in time, depth and size. Immutable; any thread.
/// </summary>
public sealed class ChatTemplate
{
    private readonly JinjaTemplate? _template;
    private readonly string _begin;
    private readonly string _end;
    private readonly TimeProvider _time;

    private ChatTemplate(JinjaTemplate? template, string begin, string end, TimeProvider time)
    {
        _template = template;
        _begin = begin;
        _end = end;
        _time = time;
    }

    /// <summary>For a model without a template: the contents, joined by newlines.</summary>
    public static ChatTemplate None { get; } = new(null, "", "", TimeProvider.System);

    /// <summary>True where the model has no template and replies must say so.</summary>
    public bool IsFallback => _template is null;

    /// <summary>Reads a template.</summary>
    /// <param name="source">Jinja, as in <c>tokenizer.chat_template</c>.</param>
    /// <param name="bosToken">The text of the token that begins a prompt, such as <c>&lt;s&gt;</c>; null if there is none.</param>
    /// <param name="eosToken">The text of the token that ends a turn; null if there is none.</param>
    /// <param name="time">Some templates tell the model the date.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>: it is too long or uses what is not understood.</exception>
    public static ChatTemplate Parse(string source, string? bosToken, string? eosToken, TimeProvider time) =>
        new(JinjaTemplate.Parse(source), bosToken ?? "", eosToken ?? "", time);

    /// <summary>
    /// Writes a conversation as the model wants it. A template that refuses a system message, or two messages of one role in a row, or ids of calls, gets them
    /// folded, merged or renumbered; one that takes them gets them as they are.
    /// </summary>
    /// <param name="messages">Text, thoughts, calls of functions and their results.</param>
    /// <param name="tools">Functions that the model may call.</param>
    /// <param name="addGenerationPrompt">Whether the beginning of the assistant's next turn comes last.</param>
    /// <param name="enableThinking">Of models that can: whether to think before the answer; null leaves it to the template.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>: it refuses the conversation in every shape, or goes over a bound.</exception>
    /// <exception cref="NotSupportedException">A message holds what is no text, such as an image.</exception>
    public RenderedPrompt Render(
        IReadOnlyList<ChatMessage> messages,
        IReadOnlyList<AIFunctionDeclaration>? tools,
        bool addGenerationPrompt,
        bool? enableThinking = null)
    {
        var turns = Turns.Of(messages);
        if (_template is null)
        {
            return Prompt(Text.Untrusted(string.Join('\n', turns.Select(turn => turn.Content))));
        }

        Text? partial = null;
        ModelException? first = null;
        foreach (var variant in Variant.All(turns))
        {
            try
            {
                var text = Render(_template, PromptVariables.Of(variant, tools), addGenerationPrompt, enableThinking);
                if (Variant.IsWhole(text.Plain, turns))
                {
                    return Prompt(text);
                }

                partial ??= text;
            }
            catch (ModelException fault) when (fault.InnerException is JinjaException and not BoundException)
            {
                first ??= fault;
            }
        }

        return partial is not null ? Prompt(partial) : throw first!;
    }

    private static RenderedPrompt Prompt(Text text) => new([.. text.Parts()]);

    private Text Render(JinjaTemplate template, PromptVariables variables, bool addGenerationPrompt, bool? enableThinking)
    {
        variables.All["bos_token"] = Text.Trusted(_begin);
        variables.All["eos_token"] = Text.Trusted(_end);
        variables.All["add_generation_prompt"] = Flag.Of(addGenerationPrompt);
        if (enableThinking is { } thinking)
        {
            variables.All["enable_thinking"] = Flag.Of(thinking);
        }

        return template.Render(variables.All, variables.Characters, _time);
    }
}
