using System.Globalization;

namespace Tessera.Unit.Inference.Constraints;

/// <summary>Reads GBNF as strictly as llama.cpp does, its limit of repetitions included.</summary>
internal sealed class GbnfParser
{
    private const int MostTimes = 2_000;
    private readonly string text;
    private int at;
    private int depth;

    private GbnfParser(string text) => this.text = text;

    public static IReadOnlyDictionary<string, Gbnf.Symbol> Parse(string text)
    {
        var rules = new Dictionary<string, Gbnf.Symbol>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parser = new GbnfParser(line);
            var name = parser.Name();
            parser.Blank();
            parser.Expect("::=");
            parser.Blank();
            rules.Add(name, parser.Choice());
            if (parser.at < line.Length)
            {
                throw new FormatException($"{name}: '{line[parser.at..]}' is left over.");
            }
        }

        return rules;
    }

    private Gbnf.Symbol Choice()
    {
        List<Gbnf.Symbol> ways = [Sequence()];
        while (at < text.Length && text[at] == '|')
        {
            at++;
            Blank();
            ways.Add(Sequence());
        }

        return ways.Count == 1 ? ways[0] : new Gbnf.Symbol.Choice(ways);
    }

    private Gbnf.Symbol.Sequence Sequence()
    {
        List<Gbnf.Symbol> parts = [];
        while (at < text.Length && text[at] is not ('|' or ')'))
        {
            if (Times() is not var (min, max))
            {
                parts.Add(Atom());
            }
            else if (parts.Count == 0 || parts[^1] is Gbnf.Symbol.Repeat)
            {
                throw new FormatException("A repetition of nothing, or of a repetition.");
            }
            else if ((max == int.MaxValue ? min : max) > MostTimes || (parts[^1] is Gbnf.Symbol.Choice or Gbnf.Symbol.Sequence && max is > 1 and < int.MaxValue))
            {
                throw new FormatException("More repetitions than the engine takes, or a counted one of a group.");
            }
            else
            {
                parts[^1] = new Gbnf.Symbol.Repeat(parts[^1], min, max);
            }

            Blank();
        }

        return new Gbnf.Symbol.Sequence(parts);
    }

    private (int Min, int Max)? Times()
    {
        switch (text[at])
        {
            case '*':
                at++;
                return (0, int.MaxValue);
            case '+':
                at++;
                return (1, int.MaxValue);
            case '?':
                at++;
                return (0, 1);
            case '{':
                var end = text.IndexOf('}', at);
                var parts = text[(at + 1)..end].Split(',');
                at = end + 1;
                var min = int.Parse(parts[0], CultureInfo.InvariantCulture);
                return (min, parts.Length == 1 ? min : parts[1].Length == 0 ? int.MaxValue : int.Parse(parts[1], CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }

    private Gbnf.Symbol Atom()
    {
        switch (text[at])
        {
            case '"':
                at++;
                List<int> runes = [];
                while (!Sees('"'))
                {
                    runes.Add(Rune());
                }

                at++;
                return new Gbnf.Symbol.Literal([.. runes]);
            case '[':
                at++;
                var negated = Sees('^');
                at += negated ? 1 : 0;
                List<(int, int)> ranges = [];
                while (!Sees(']'))
                {
                    var from = Rune();
                    var to = from;
                    if (Sees('-') && text[at + 1] != ']')
                    {
                        at++;
                        to = Rune();
                    }

                    ranges.Add(from <= to ? (from, to) : throw new FormatException("A range runs backwards."));
                }

                at++;
                return new Gbnf.Symbol.OneOf(ranges, negated);
            case '(':
                at++;
                Blank();
                depth = depth < 100 ? depth + 1 : throw new FormatException("Groups are too deep.");
                var group = Choice();
                depth--;
                Expect(")");
                return group;
            default:
                return new Gbnf.Symbol.Rule(Name());
        }
    }

    private int Rune()
    {
        if (!Sees('\\'))
        {
            var rune = System.Text.Rune.GetRuneAt(text, at);
            at += rune.Utf16SequenceLength;
            return rune.Value;
        }

        var kind = text[at + 1];
        at += 2;
        switch (kind)
        {
            case 'x' or 'u' or 'U':
                var digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
                at += digits;
                return int.Parse(text.AsSpan(at - digits, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '"' or '\\' or '[' or ']' or '-':
                return kind;
            default:
                throw new FormatException($"The escape \\{kind} is unknown.");
        }
    }

    private string Name()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-'))
        {
            at++;
        }

        return at > start ? text[start..at] : throw new FormatException($"'{text[at..]}' is no symbol.");
    }

    private void Expect(string token)
    {
        at = text.AsSpan(at).StartsWith(token) ? at + token.Length : throw new FormatException($"'{token}' is missing at '{text[at..]}'.");
    }

    private bool Sees(char c) => at < text.Length ? text[at] == c : throw OrEnd(c);

    private static FormatException OrEnd(char c) => new($"The rule ends before '{c}'.");

    private void Blank()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }
}
