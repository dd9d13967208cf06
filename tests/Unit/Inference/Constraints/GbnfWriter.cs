using System.Text;

namespace Tessera.Unit.Inference.Constraints;

/// <summary>Writes texts that a grammar takes, by chance; below a depth by the shortest way.</summary>
internal sealed class GbnfWriter
{
    private const int Depth = 40;

    private readonly IReadOnlyDictionary<string, Gbnf.Symbol> rules;
    private readonly Dictionary<string, int> heights = [];

    public GbnfWriter(string grammar)
    {
        rules = GbnfParser.Parse(grammar);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (name, symbol) in rules)
            {
                if (!heights.ContainsKey(name) && Height(symbol) is { } height)
                {
                    heights[name] = height + 1;
                    changed = true;
                }
            }
        }
    }

    /// <summary>Whether every rule comes to an end.</summary>
    public bool Ends => heights.Count == rules.Count;

    public string Write(Random chance)
    {
        var text = new StringBuilder();
        Write(new Gbnf.Symbol.Rule("root"), 0, chance, text);
        return text.ToString();
    }

    private void Write(Gbnf.Symbol symbol, int depth, Random chance, StringBuilder text)
    {
        switch (symbol)
        {
            case Gbnf.Symbol.Literal literal:
                foreach (var rune in literal.Runes)
                {
                    text.Append(char.ConvertFromUtf32(rune));
                }

                break;
            case Gbnf.Symbol.OneOf one:
                int picked;
                do
                {
                    var (from, to) = one.Negated ? (0x20, 0x2ff) : one.Ranges[chance.Next(one.Ranges.Count)];
                    picked = chance.Next(from, to + 1);
                }
                while (picked is >= 0xd800 and <= 0xdfff || (one.Negated && one.Ranges.Any(range => range.From <= picked && picked <= range.To)));

                text.Append(char.ConvertFromUtf32(picked));
                break;
            case Gbnf.Symbol.Rule rule:
                Write(rules[rule.Name], depth + 1, chance, text);
                break;
            case Gbnf.Symbol.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Write(part, depth, chance, text);
                }

                break;
            case Gbnf.Symbol.Choice choice:
                Write(depth > Depth ? choice.Ways.MinBy(way => Height(way) ?? int.MaxValue)! : choice.Ways[chance.Next(choice.Ways.Count)], depth, chance, text);
                break;
            case Gbnf.Symbol.Repeat repeat:
                for (var times = depth > Depth ? repeat.Min : chance.Next(repeat.Min, (int)Math.Min(repeat.Max, repeat.Min + 3L) + 1); times > 0; times--)
                {
                    Write(repeat.Part, depth, chance, text);
                }

                break;
        }
    }

    /// <summary>Null: not known yet, or without end.</summary>
    private int? Height(Gbnf.Symbol symbol)
    {
        switch (symbol)
        {
            case Gbnf.Symbol.Rule rule:
                return heights.TryGetValue(rule.Name, out var height) ? height : null;
            case Gbnf.Symbol.Sequence sequence:
                var parts = sequence.Parts.Select(Height).ToList();
                return parts.Contains(null) ? null : parts.Max() ?? 0;
            case Gbnf.Symbol.Choice choice:
                return choice.Ways.Select(Height).Where(way => way is not null).Min();
            case Gbnf.Symbol.Repeat repeat:
                return repeat.Min == 0 ? 0 : Height(repeat.Part);
            default:
                return 0;
        }
    }
}
