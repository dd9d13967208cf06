using Tessera.Inference.Templates.Jinja.Library;

namespace Tessera.Inference.Templates.Jinja.Values;

/// <summary>What an expression of a template can be, as in Python: text, numbers, lists, dictionaries, functions. A closed family.</summary>
internal abstract class Value
{
    /// <summary>What Python would call its type, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A name or key that is not there. Only printing and testing it is allowed.</summary>
/// <param name="name">As the template wrote it; null where the name came from data.</param>
internal sealed class Undefined(string? name = null) : Value
{
    public string? Name { get; } = name;

    public override string Kind => "undefined";
}

internal sealed class None : Value
{
    private None()
    {
    }

    public static None Value { get; } = new();

    public override string Kind => "none";
}

internal sealed class Flag : Value
{
    private Flag(bool isTrue) => IsTrue = isTrue;

    public static Flag True { get; } = new(true);

    public static Flag False { get; } = new(false);

    public bool IsTrue { get; }

    public override string Kind => "boolean";

    public static Flag Of(bool isTrue) => isTrue ? True : False;
}

internal sealed class Whole(long number) : Value
{
    public long Number { get; } = number;

    public override string Kind => "integer";
}

internal sealed class Real(double number) : Value
{
    public double Number { get; } = number;

    public override string Kind => "float";
}

/// <summary>A list or a tuple. Lists change only by their own methods; what the host passed in is made anew for each rendering.</summary>
internal sealed class Sequence(List<Value> items, bool isTuple = false) : Value
{
    public List<Value> Items { get; } = items;

    public bool IsTuple { get; } = isTuple;

    public override string Kind => IsTuple ? "tuple" : "list";
}

/// <summary>A dictionary in the order of its insertions.</summary>
internal sealed class Mapping() : Value
{
    public OrderedDictionary<Value, Value> Items { get; } = new(KeyComparer.Instance);

    public override string Kind => "dictionary";

    /// <summary>The value at a key that the host or the template wrote.</summary>
    public Value? Find(string key) => Items.GetValueOrDefault(Text.Trusted(key));

    public void Set(string key, Value value) => Items[Text.Trusted(key)] = value;
}

/// <summary><c>namespace()</c>: the one thing whose fields may be set from within loops.</summary>
internal sealed class Fields : Value
{
    public Dictionary<string, Value> Items { get; } = new(StringComparer.Ordinal);

    public override string Kind => "namespace";
}

/// <summary>A function of the library, a method bound to its value, or a macro.</summary>
internal sealed class Callable(string name, Func<Interpreter, Arguments, Value> body) : Value
{
    public string Name { get; } = name;

    public Func<Interpreter, Arguments, Value> Body { get; } = body;

    public override string Kind => "function";
}

/// <summary>The variable <c>loop</c>.</summary>
internal sealed class Loop(List<Value> items) : Value
{
    public List<Value> Items { get; } = items;

    public int Index { get; set; }

    /// <summary>What <c>loop.changed</c> was given last.</summary>
    public Value? Last { get; set; }

    public override string Kind => "loop";
}
