using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>value is name</c></summary>
internal static class Tests
{
    private static readonly FrozenDictionary<string, Function> All = new KeyValuePair<string, Function>[][]
    {
        [
            Of("defined", value => value is not Undefined),
            Of("undefined", value => value is Undefined),
            Of("none", value => value is None),
            Of("string", value => value is Text),
            Of("mapping", value => value is Mapping),
            Of("iterable", value => value is Text or Sequence or Mapping or Undefined),
            Of("sequence", value => value is Text or Sequence or Mapping or Undefined),
            Of("number", value => Numbers.Find(value) is not null),
            Of("integer", value => value is Whole),
            Of("float", value => value is Real),
            Of("boolean", value => value is Flag),
            Of("true", value => value is Flag { IsTrue: true }),
            Of("false", value => value is Flag { IsTrue: false }),
            Of("callable", value => value is Callable),
            Function.Of("lower", "", call => Flag.Of(Cased(call, char.IsUpper))),
            Function.Of("upper", "", call => Flag.Of(Cased(call, char.IsLower))),
            Function.Of("filter", "", call => Flag.Of(call.Self is Text && Filters.Find(Name(call)) is not null)),
            Function.Of("test", "", call => Flag.Of(call.Self is Text && Find(Name(call)) is not null)),
            Of("even", value => Integer(value) % 2 == 0),
            Of("odd", value => Integer(value) % 2 != 0),
            Function.Of("divisibleby", "num", call => Flag.Of(Arithmetic.Of(call.Run, "%", call.Self, call.Value(0)) is Whole { Number: 0 })),
            Function.Of("in", "seq", call => Flag.Of(Truth.Contains(call.Value(0), call.Self, call.Budget))),
            Function.Of("sameas", "other", call => Flag.Of(Identical(call, call.Value(0)))),
        ],
        Comparing((call, other) => Truth.Same(call.Self, other, call.Budget), "equalto", "eq", "=="),
        Comparing((call, other) => !Truth.Same(call.Self, other, call.Budget), "ne", "!="),
        Comparing((call, other) => Truth.Compare(call.Self, other, call.Budget) < 0, "lt", "lessthan", "<"),
        Comparing((call, other) => Truth.Compare(call.Self, other, call.Budget) <= 0, "le", "<="),
        Comparing((call, other) => Truth.Compare(call.Self, other, call.Budget) > 0, "gt", "greaterthan", ">"),
        Comparing((call, other) => Truth.Compare(call.Self, other, call.Budget) >= 0, "ge", ">="),
    }.SelectMany(functions => functions).ToFrozenDictionary();

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static KeyValuePair<string, Function> Of(string name, Predicate<Value> holds) => Function.Of(name, "", call => Flag.Of(holds(call.Self)));

    private static KeyValuePair<string, Function>[] Comparing(Func<Call, Value, bool> holds, params string[] names) =>
        [.. names.Select(name => Function.Of(name, "other", call => Flag.Of(holds(call, call.Value(0)))))];

    private static bool Cased(Call call, Func<char, bool> other)
    {
        call.Budget.Key(call.Self);
        return call.Self is Text text && text.Plain.Any(char.IsLetter) && !text.Plain.Any(other);
    }

    private static string Name(Call call)
    {
        call.Budget.Key(call.Self);
        return ((Text)call.Self).Plain;
    }

    private static long Integer(Value value) => (value as Whole)?.Number ?? throw new JinjaException($"an integer is asked for, and a value of the kind {value.Kind} is there");

    private static bool Identical(Call call, Value other) =>
        ReferenceEquals(call.Self, other) || ((call.Self, other) is (Whole, Whole) or (Text, Text) && Truth.Same(call.Self, other, call.Budget));
}
