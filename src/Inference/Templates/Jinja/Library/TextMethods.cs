using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>text.name(…)</c>, as Python's <c>str</c> has them.</summary>
internal static class TextMethods
{
    private static readonly FrozenDictionary<string, Function> All = new[]
    {
        Recasing("upper", plain => plain.ToUpperInvariant()),
        Recasing("lower", plain => plain.ToLowerInvariant()),
        Recasing("capitalize", Rewriting.Capitalized),
        Recasing("title", plain => Rewriting.Titled(plain, next => !char.IsLetter(next))),
        Trimming("strip", left: true, right: true),
        Trimming("lstrip", left: true, right: false),
        Trimming("rstrip", left: false, right: true),
        Splitting("split", fromRight: false),
        Splitting("rsplit", fromRight: true),
        Function.Of("splitlines", "keepends", call => new Sequence(Cutting.Lines(Self(call), call.Flag(0), call.Budget))),
        Function.Of("startswith", "prefix", call => Any(call, (plain, part) => plain.StartsWith(part, StringComparison.Ordinal))),
        Function.Of("endswith", "suffix", call => Any(call, (plain, part) => plain.EndsWith(part, StringComparison.Ordinal))),
        Function.Of("removeprefix", "prefix", call => Self(call) is var text && call.Searched().StartsWith(call.Text(0).Plain, StringComparison.Ordinal)
            ? Cutting.Part(text, call.Text(0).Plain.Length, text.Plain.Length - call.Text(0).Plain.Length, call.Budget)
            : text),
        Function.Of("removesuffix", "suffix", call => Self(call) is var text && call.Searched().EndsWith(call.Text(0).Plain, StringComparison.Ordinal)
            ? Cutting.Part(text, 0, text.Plain.Length - call.Text(0).Plain.Length, call.Budget)
            : text),
        Function.Of("replace", "old new count", call => Rewriting.Replaced(Self(call), call.Text(0), call.Text(1), call.Whole(2, -1), call.Budget)),
        Function.Of("find", "sub", call => new Whole(Place(call, call.Searched(call.Text(0)).IndexOf(call.Text(0).Plain, StringComparison.Ordinal)))),
        Function.Of("rfind", "sub", call => new Whole(Place(call, call.Searched(call.Text(0)).LastIndexOf(call.Text(0).Plain, StringComparison.Ordinal)))),
        Function.Of("count", "sub", call => new Whole(Cutting.Split(Self(call), call.Text(0), -1, fromRight: false, call.Budget).Count - 1)),
        Function.Of("join", "iterable", Join),
        Function.Open("format", Formatting.Braces),
        Asking("isdigit", char.IsDigit),
        Asking("isnumeric", char.IsNumber),
        Asking("isalpha", char.IsLetter),
        Asking("isalnum", char.IsLetterOrDigit),
        Asking("isspace", char.IsWhiteSpace),
        Function.Of("isupper", "", call => Flag.Of(call.Searched().Any(char.IsUpper) && !call.Searched().Any(char.IsLower))),
        Function.Of("islower", "", call => Flag.Of(call.Searched().Any(char.IsLower) && !call.Searched().Any(char.IsUpper))),
    }.ToFrozenDictionary();

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static Text Self(Call call) => (Text)call.Self;

    /// <summary>The characters to look through, which is paid for.</summary>
    private static string Searched(this Call call, Text? wanted = null)
    {
        call.Budget.Search(Self(call).Plain.Length, wanted?.Plain.Length ?? 0);
        return Self(call).Plain;
    }

    private static KeyValuePair<string, Function> Recasing(string name, Func<string, string> change) =>
        Function.Of(name, "", call => Rewriting.Recased(Self(call), change, call.Budget));

    private static KeyValuePair<string, Function> Trimming(string name, bool left, bool right) =>
        Function.Of(name, "chars", call => Cutting.Trim(Self(call), call.Has(0) ? call.Text(0) : null, left, right, call.Budget));

    private static KeyValuePair<string, Function> Splitting(string name, bool fromRight) => Function.Of(
        name,
        "sep maxsplit",
        call => new Sequence(Cutting.Split(Self(call), call.Has(0) ? call.Text(0) : null, call.Whole(1, -1), fromRight, call.Budget)));

    private static KeyValuePair<string, Function> Asking(string name, Func<char, bool> holds) =>
        Function.Of(name, "", call => Flag.Of(Self(call).Plain.Length > 0 && call.Searched().All(holds)));

    private static Flag Any(Call call, Func<string, string, bool> holds)
    {
        List<Value> parts = call.Value(0) is Sequence { IsTuple: true } several ? several.Items : [call.Text(0)];
        return Flag.Of(parts.Exists(part =>
        {
            call.Budget.Key(part);
            return part is Text text && holds(Self(call).Plain, text.Plain);
        }));
    }

    /// <summary>An offset in code points.</summary>
    private static int Place(Call call, int at) => at <= 0 ? at : at - Self(call).Plain.AsSpan(0, at).ToString().Count(char.IsLowSurrogate);

    private static Text Join(Call call)
    {
        var into = call.NewText();
        var items = Iteration.Of(call.Value(0), call.Budget);
        for (var at = 0; at < items.Count; at++)
        {
            into.Append(at == 0 ? Text.Empty : Self(call));
            into.Append(items[at] as Text ?? throw new JinjaException($"'join' is given a value of the kind {items[at].Kind}"));
        }

        return into.ToText();
    }
}
