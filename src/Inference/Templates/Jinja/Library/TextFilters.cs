using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Filters on text.</summary>
internal static class TextFilters
{
    public static IReadOnlyList<KeyValuePair<string, Function>> All { get; } =
    [
        Recasing("upper", plain => plain.ToUpperInvariant()),
        Recasing("lower", plain => plain.ToLowerInvariant()),
        Recasing("capitalize", Rewriting.Capitalized),
        Recasing("title", plain => Rewriting.Titled(plain, next => char.IsWhiteSpace(next) || "-({[<".Contains(next, StringComparison.Ordinal))),
        Function.Of("trim", "chars", call => Cutting.Trim(call.SelfText, call.Has(0) ? call.Text(0) : null, left: true, right: true, call.Budget)),
        Function.Of("replace", "old new count", call => Rewriting.Replaced(call.SelfText, call.Text(0), call.Text(1), call.Whole(2, -1), call.Budget)),
        Function.Of("indent", "width first blank", Rewriting.Indented),
        Function.Open("format", call => Formatting.Percent(call.Run, call.SelfText, call.Given.Positional)),
        Function.Of("wordcount", "", call => new Whole(Cutting.Split(call.SelfText, null, -1, fromRight: false, call.Budget).Count)),
    ];

    private static KeyValuePair<string, Function> Recasing(string name, Func<string, string> change) =>
        Function.Of(name, "", call => Rewriting.Recased(call.SelfText, change, call.Budget));
}
