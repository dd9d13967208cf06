using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>value | name</c></summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, Function> All =
        TextFilters.All.Concat(ListFilters.All).Concat(ChoosingFilters.All).Concat(ValueFilters.All).ToFrozenDictionary();

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The filter or test that an argument names.</summary>
    public static Function Named(Value name, Func<string, Function?> find, RenderBudget budget)
    {
        budget.Key(name);
        return name is Text text ? find(text.Plain) ?? throw new JinjaException($"the filter or test '{text.TrustedOnly()}' is not understood")
            : throw new JinjaException("a filter or test is named by what is no string");
    }
}
