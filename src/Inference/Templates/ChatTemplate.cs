using Microsoft.Extensions.AI;
using Tessera.Inference.Templates.Jinja;

namespace Tessera.Inference.Templates;

/// <summary>A model's own chat template. Parsed once; immutable, safe for concurrent use.</summary>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<JinjaStatement>? template;
    private readonly string begin;
    private readonly string end;
    private readonly TimeProvider clock;

    private ChatTemplate(IReadOnlyList<JinjaStatement>? template, string begin, string end, TimeProvider clock) =>
        (this.template, this.begin, this.end, this.clock) = (template, begin, end, clock);

    /// <summary>For a model without one: the contents, joined by newlines.</summary>
    public static ChatTemplate None { get; } = new(null, "", "", TimeProvider.System);

    /// <summary>True: the model has no template.</summary>
    public bool IsFallback => template is null;

    /// <param name="source">Jinja, from the model's metadata; untrusted.</param>
    /// <param name="beginToken">Name of the token that begins a text; null: none.</param>
    /// <param name="endToken">Name of the token that ends a text; null: none.</param>
    /// <param name="clock">Tells the date to templates that ask for it.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>, with the line and what is not understood.</exception>
    public static ChatTemplate Parse(string source, string? beginToken, string? endToken, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clock);
        return new ChatTemplate(JinjaStatements.Read(source), beginToken ?? "", endToken ?? "", clock);
    }

    /// <summary>The prompt of a conversation.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="tools">What the model may call; null or empty: nothing.</param>
    /// <param name="addGenerationPrompt">True: the opening of the model's reply ends the prompt.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>: the template uses what is not known, goes too far, or refuses these messages.</exception>
    public RenderedPrompt Render(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration>? tools, bool addGenerationPrompt)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (template is null)
        {
            return new RenderedPrompt([new PromptPart(string.Join('\n', messages.Select(message => message.Text)), Trusted: false)]);
        }

        try
        {
            return Run(messages, tools, addGenerationPrompt);
        }
        catch (TemplateRefusal)
        {
            // Some know no system message, or want the roles in turns: what they refuse as it is, they take folded.
            try
            {
                return Run(MessageFolding.Fold(messages), tools, addGenerationPrompt);
            }
            catch (TemplateRefusal refusal)
            {
                throw new ModelException(ModelFault.BadTemplate, $"The model's chat template refuses this conversation: {refusal.Message}");
            }
        }
    }

    private RenderedPrompt Run(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration>? tools, bool addGenerationPrompt)
    {
        var globals = new JinjaScope(null)
        {
            ["messages"] = TemplateMessages.Of(messages),
            ["tools"] = tools is { Count: > 0 } ? TemplateMessages.OfTools(tools) : null,
            ["add_generation_prompt"] = addGenerationPrompt,
            ["bos_token"] = JinjaText.Trusted(begin),
            ["eos_token"] = JinjaText.Trusted(end),
            // Small models answer at once here; those that would think first are told not to.
            ["enable_thinking"] = false,
        };
        TemplateGlobals.Add(globals, clock);
        return new RenderedPrompt(JinjaRenderer.Render(template!, globals).Parts());
    }
}
