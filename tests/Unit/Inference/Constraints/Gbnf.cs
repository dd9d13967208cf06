using System.Text;

namespace Tessera.Unit.Inference.Constraints;

/// <summary>
/// A grammar in llama.cpp's GBNF, read and tried without llama.cpp: refuses what its parser refuses, finds what makes it loop, and
/// says whether a text is taken, by the sets of places that each symbol can reach.
/// </summary>
internal sealed class Gbnf
{
    private readonly IReadOnlyDictionary<string, Symbol> rules;

    private Gbnf(IReadOnlyDictionary<string, Symbol> rules) => this.rules = rules;

    public int RuleCount => rules.Count;

    public static Gbnf Parse(string text)
    {
        var rules = GbnfParser.Parse(text);
        var grammar = new Gbnf(rules);
        foreach (var symbol in grammar.Symbols())
        {
            if (symbol is Symbol.Rule rule && !rules.ContainsKey(rule.Name))
            {
                throw new FormatException($"The rule {rule.Name} is not defined.");
            }
        }

        return rules.ContainsKey("root") ? grammar : throw new FormatException("There is no root.");
    }

    /// <summary>Whether the whole text is taken.</summary>
    public bool Takes(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        return new Reach(rules, runes).From(new Symbol.Rule("root"), 0).Contains(runes.Length);
    }

    /// <summary>What would make the engine loop or refuse; empty: nothing.</summary>
    public IReadOnlyList<string> Faults()
    {
        var empty = Nullable();
        List<string> faults = [.. Symbols().OfType<Symbol.Repeat>().Where(repeat => repeat.Max == int.MaxValue && IsEmpty(repeat.Part, empty))
            .Select(_ => "Something that may be empty is repeated without end.")];
        var corners = rules.ToDictionary(rule => rule.Key, rule => Corners(rule.Value, empty).ToHashSet());
        foreach (var start in rules.Keys)
        {
            var seen = new HashSet<string>();
            var waiting = new Stack<string>(corners[start]);
            while (waiting.TryPop(out var next))
            {
                if (next == start)
                {
                    faults.Add($"The rule {start} begins with itself.");
                    break;
                }

                if (seen.Add(next))
                {
                    foreach (var corner in corners[next])
                    {
                        waiting.Push(corner);
                    }
                }
            }
        }

        return faults;
    }

    private HashSet<string> Nullable()
    {
        var empty = new HashSet<string>();
        while (rules.Any(rule => !empty.Contains(rule.Key) && IsEmpty(rule.Value, empty) && empty.Add(rule.Key)))
        {
        }

        return empty;
    }

    private static bool IsEmpty(Symbol symbol, HashSet<string> empty) => symbol switch
    {
        Symbol.Rule rule => empty.Contains(rule.Name),
        Symbol.Literal literal => literal.Runes.Length == 0,
        Symbol.Sequence sequence => sequence.Parts.All(part => IsEmpty(part, empty)),
        Symbol.Choice choice => choice.Ways.Any(way => IsEmpty(way, empty)),
        Symbol.Repeat repeat => repeat.Min == 0 || IsEmpty(repeat.Part, empty),
        _ => false,
    };

    private static IEnumerable<string> Corners(Symbol symbol, HashSet<string> empty)
    {
        switch (symbol)
        {
            case Symbol.Rule rule:
                return [rule.Name];
            case Symbol.Choice choice:
                return choice.Ways.SelectMany(way => Corners(way, empty));
            case Symbol.Repeat repeat:
                return Corners(repeat.Part, empty);
            case Symbol.Sequence sequence:
                var solid = sequence.Parts.TakeWhile(part => IsEmpty(part, empty)).Count();
                return sequence.Parts.Take(solid + 1).SelectMany(part => Corners(part, empty));
            default:
                return [];
        }
    }

    private IEnumerable<Symbol> Symbols()
    {
        var waiting = new Stack<Symbol>(rules.Values);
        while (waiting.TryPop(out var symbol))
        {
            yield return symbol;
            IReadOnlyList<Symbol> parts = symbol switch
            {
                Symbol.Sequence sequence => sequence.Parts,
                Symbol.Choice choice => choice.Ways,
                Symbol.Repeat repeat => [repeat.Part],
                _ => [],
            };
            foreach (var part in parts)
            {
                waiting.Push(part);
            }
        }
    }

    internal abstract record Symbol
    {
        public sealed record Literal(int[] Runes) : Symbol;

        public sealed record OneOf(IReadOnlyList<(int From, int To)> Ranges, bool Negated) : Symbol;

        public sealed record Rule(string Name) : Symbol;

        public sealed record Sequence(IReadOnlyList<Symbol> Parts) : Symbol;

        public sealed record Choice(IReadOnlyList<Symbol> Ways) : Symbol;

        public sealed record Repeat(Symbol Part, int Min, int Max) : Symbol;
    }

    private sealed class Reach(IReadOnlyDictionary<string, Symbol> rules, int[] text)
    {
        private readonly Dictionary<(Symbol, int), IReadOnlySet<int>> known = new(new BySymbol());

        public IReadOnlySet<int> From(Symbol symbol, int at)
        {
            if (symbol is Symbol.Rule rule)
            {
                symbol = rules[rule.Name];
            }

            if (!known.TryGetValue((symbol, at), out var ends))
            {
                known[(symbol, at)] = ends = Work(symbol, at);
            }

            return ends;
        }

        private IReadOnlySet<int> Work(Symbol symbol, int at)
        {
            switch (symbol)
            {
                case Symbol.Literal literal:
                    return text.AsSpan(at).StartsWith(literal.Runes) ? new HashSet<int> { at + literal.Runes.Length } : [];
                case Symbol.OneOf one:
                    return at < text.Length && one.Ranges.Any(range => range.From <= text[at] && text[at] <= range.To) != one.Negated
                        ? new HashSet<int> { at + 1 } : [];
                case Symbol.Rule:
                    return From(symbol, at);
                case Symbol.Choice choice:
                    return choice.Ways.SelectMany(way => From(way, at)).ToHashSet();
                case Symbol.Sequence sequence:
                    return sequence.Parts.Aggregate(new HashSet<int> { at }, Next);
                case Symbol.Repeat repeat:
                    HashSet<int> reached = [], front = [at];
                    for (var times = 0; front.Count > 0 && times <= repeat.Max; times++)
                    {
                        // Once the least is had, a place that was reached before leads nowhere new without an upper bound.
                        if (times >= repeat.Min)
                        {
                            front = repeat.Max == int.MaxValue ? [.. front.Where(reached.Add)] : front;
                            reached.UnionWith(front);
                        }

                        front = times < repeat.Max ? Next(front, repeat.Part) : [];
                    }

                    return reached;
                default:
                    throw new InvalidOperationException();
            }
        }

        private HashSet<int> Next(HashSet<int> places, Symbol symbol) => [.. places.SelectMany(place => From(symbol, place))];
    }

    private sealed class BySymbol : IEqualityComparer<(Symbol Symbol, int At)>
    {
        public bool Equals((Symbol Symbol, int At) x, (Symbol Symbol, int At) y) => ReferenceEquals(x.Symbol, y.Symbol) && x.At == y.At;

        public int GetHashCode((Symbol Symbol, int At) obj) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Symbol), obj.At);
    }
}
