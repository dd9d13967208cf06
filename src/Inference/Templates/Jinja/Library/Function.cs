using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>A filter, test, method or global of the library.</summary>
/// <param name="Name">As templates call it.</param>
/// <param name="Parameters">Names of its arguments; null if it takes any.</param>
/// <param name="Body">What it does.</param>
internal sealed record Function(string Name, IReadOnlyList<string>? Parameters, Func<Call, Value> Body)
{
    public Value Invoke(Interpreter run, Value self, Arguments arguments) =>
        Body(new Call(run, Name, self, Parameters is null ? [] : arguments.Bind(Name, Parameters), arguments));

    public static KeyValuePair<string, Function> Of(string name, string parameters, Func<Call, Value> body) =>
        new(name, new Function(name, parameters.Length == 0 ? [] : parameters.Split(' '), body));

    public static KeyValuePair<string, Function> Open(string name, Func<Call, Value> body) => new(name, new Function(name, null, body));
}

/// <summary>One call of a <see cref="Function"/>.</summary>
/// <param name="Run">Who calls.</param>
/// <param name="Name">Of the function.</param>
/// <param name="Self">What it is applied to.</param>
/// <param name="Bound">Its arguments in the order of its parameters.</param>
/// <param name="Given">Its arguments as passed.</param>
internal sealed record Call(Interpreter Run, string Name, Value Self, Value?[] Bound, Arguments Given)
{
    /// <summary>What it is applied to, as text.</summary>
    public Text SelfText => Run.ToText(Self);

    public RenderBudget Budget => Run.Budget;

    public bool Has(int at) => Bound[at] is not (null or None);

    public Value Value(int at) => Bound[at] ?? throw new JinjaException($"'{Name}' lacks an argument");

    public Text Text(int at) => Value(at) as Text ?? throw Wrong(Value(at), "a string");

    public long Whole(int at, long otherwise) => Has(at) ? Whole(at) : otherwise;

    public long Whole(int at) => Numbers.Find(Value(at))?.Exact ?? throw Wrong(Value(at), "an integer");

    public bool Flag(int at, bool otherwise = false) => Bound[at] is { } value ? Truth.Of(value) : otherwise;

    public TextBuilder NewText() => new(Budget);

    public Sequence NewList(List<Value> items)
    {
        Budget.Elements(items.Count);
        return new Sequence(items);
    }

    private JinjaException Wrong(Value value, string wanted) => new($"'{Name}' wants {wanted} and is given a value of the kind {value.Kind}");
}
