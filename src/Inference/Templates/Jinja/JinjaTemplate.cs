using Tessera.Inference.Templates.Jinja.Syntax;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>
/// A Jinja template of the part of the language that chat templates use, with the settings of Hugging Face. It comes with a model file from
/// anywhere and is bounded in every direction. Immutable; any thread.
/// </summary>
internal sealed class JinjaTemplate
{
    /// <summary>Characters a template may have; the largest in use have some 20,000.</summary>
    public const int SourceLength = 256 * 1024;

    private readonly IReadOnlyList<Statement> _statements;

    private JinjaTemplate(IReadOnlyList<Statement> statements) => _statements = statements;

    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>: it is too long or uses what is not understood.</exception>
    public static JinjaTemplate Parse(string source)
    {
        if (source.Length > SourceLength)
        {
            throw new ModelException(ModelFault.BadTemplate, $"The chat template of the model is longer than {SourceLength} characters.");
        }

        try
        {
            return new JinjaTemplate(StatementParser.Parse(source));
        }
        catch (SyntaxException fault)
        {
            throw Wrong(fault.Line, fault);
        }
    }

    /// <summary>Fills the template in.</summary>
    /// <param name="variables">Made anew for each call: a template may change its lists.</param>
    /// <param name="inputCharacters">Characters in the variables.</param>
    /// <param name="time">For <c>strftime_now</c>.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>; its inner exception tells a refusal from a mistake.</exception>
    public Text Render(IEnumerable<KeyValuePair<string, Value>> variables, long inputCharacters, TimeProvider time)
    {
        var scope = new Scope();
        foreach (var (name, value) in variables)
        {
            scope.Set(name, value);
        }

        var interpreter = new Interpreter(new RenderBudget(inputCharacters), time);
        try
        {
            return new StatementRunner(interpreter).Render(_statements, scope);
        }
        catch (RefusedException refusal)
        {
            throw new ModelException(ModelFault.BadTemplate, $"The chat template of the model refuses the conversation (line {interpreter.Line}): {refusal.Message}", refusal);
        }
        catch (JinjaException fault)
        {
            throw Wrong(interpreter.Line, fault);
        }
        catch (OverflowException overflow)
        {
            throw Wrong(interpreter.Line, new JinjaException("a number becomes too large"), overflow);
        }
    }

    private static ModelException Wrong(int line, JinjaException fault, Exception? inner = null) =>
        new(ModelFault.BadTemplate, $"The chat template of the model cannot be used: line {line}: {fault.Message}.", inner ?? fault);
}
