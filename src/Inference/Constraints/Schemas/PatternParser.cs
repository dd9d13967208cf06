using System.Text;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>
/// Reads the regular part of JavaScript's regular expressions: characters, classes, groups, choices and repetitions. Without <c>^</c>
/// or <c>$</c> at an end, any text may stand there. Looking around, back references and word boundaries are not regular, or not ours.
/// </summary>
internal sealed class PatternParser
{
    private const int LongestPattern = 2_000;
    private const int MostNested = 32;
    private const int MostTimes = 10_000;

    private readonly Rune[] text;
    private readonly string pointer;
    private int at;
    private int depth;

    private PatternParser(Rune[] text, string pointer)
    {
        this.text = text;
        this.pointer = pointer;
    }

    /// <exception cref="ModelException">It is broken, too long, or not understood.</exception>
    public static PatternNode Parse(string pattern, string pointer)
    {
        var parser = new PatternParser([.. pattern.EnumerateRunes()], pointer);
        if (parser.text.Length > LongestPattern)
        {
            throw parser.Bad($"It is longer than {LongestPattern} characters.");
        }

        var node = parser.Choice(atTop: true);
        return parser.at == parser.text.Length ? node : throw parser.Bad("A ')' closes nothing.");
    }

    private PatternNode Choice(bool atTop)
    {
        List<PatternNode> ways = [Sequence(atTop)];
        while (Take('|'))
        {
            ways.Add(Sequence(atTop));
        }

        return ways.Count == 1 ? ways[0] : new PatternNode.Choice(ways);
    }

    private PatternNode.Sequence Sequence(bool atTop)
    {
        List<PatternNode> parts = [];
        var open = !(atTop && Take('^'));
        var closed = false;
        while (at < text.Length && !Sees('|') && !Sees(')'))
        {
            if (closed)
            {
                throw Bad("Something stands behind '$'.");
            }

            closed = atTop && Take('$');
            if (!closed)
            {
                parts.Add(Quantified(Atom()));
            }
        }

        if (atTop && open)
        {
            parts.Insert(0, new PatternNode.Anything());
        }

        if (atTop && !closed)
        {
            parts.Add(new PatternNode.Anything());
        }

        return new PatternNode.Sequence(parts);
    }

    private PatternNode Atom()
    {
        var rune = text[at++];
        switch (rune.Value)
        {
            case '(':
                if (Take('?') && !Take(':'))
                {
                    throw Bad("A group that looks around, has a name or sets options is not understood.");
                }

                if (++depth > MostNested)
                {
                    throw Bad($"More than {MostNested} groups stand within each other.");
                }

                var group = Choice(atTop: false);
                depth--;
                return Take(')') ? group : throw Bad("A '(' is not closed.");
            case '[':
                return new PatternNode.OneOf(Class());
            case '.':
                return new PatternNode.OneOf(CharSet.Dot);
            case '\\':
                return new PatternNode.OneOf(PatternEscapes.Read(text, ref at, Bad));
            case '*' or '+' or '?':
                throw Bad($"'{rune}' repeats nothing.");
            case '{' or '}' or ']' or '^' or '$':
                throw Bad($"'{rune}' stands where it means nothing, or more than is understood; write '\\{rune}' for the character.");
            default:
                return new PatternNode.OneOf(CharSet.Of((rune.Value, rune.Value)));
        }
    }

    private PatternNode Quantified(PatternNode part)
    {
        var times = Take('*') ? (0, int.MaxValue) : Take('+') ? (1, int.MaxValue) : Take('?') ? (0, 1) : Take('{') ? Times() : (1, 1);
        if (times == (1, 1))
        {
            return part;
        }

        // Asking for as few as possible changes which match is found, not what matches.
        _ = Take('?');
        return Sees('*') || Sees('+') || Sees('?') || Sees('{')
            ? throw Bad("A repetition is repeated.")
            : new PatternNode.Repeated(part, times.Item1, times.Item2);
    }

    private (int Min, int Max) Times()
    {
        var min = Number() ?? throw Bad("A '{' is not followed by a number; write '\\{' for the character.");
        var max = Take(',') ? Number() ?? int.MaxValue : min;
        return !Take('}') ? throw Bad("A '{' is not closed.")
            : max < min ? throw Bad("A repetition asks for at least more than at most.")
            : (min, max);
    }

    private int? Number()
    {
        int? number = null;
        while (at < text.Length && text[at].Value is >= '0' and <= '9')
        {
            number = ((number ?? 0) * 10) + text[at++].Value - '0';
            if (number > MostTimes)
            {
                throw Bad($"It repeats more than {MostTimes} times.");
            }
        }

        return number;
    }

    private CharSet Class()
    {
        var negated = Take('^');
        var set = CharSet.Of();
        while (!Take(']'))
        {
            var low = ClassAtom();
            if (!Sees('-') || at + 1 >= text.Length || text[at + 1].Value == ']')
            {
                set = set.Or(low);
                continue;
            }

            at++;
            if (low.Single is not { } from || ClassAtom().Single is not { } to || from > to)
            {
                throw Bad("A range in '[…]' has no order.");
            }

            set = set.Or(CharSet.Of((from, to)));
        }

        return negated ? set.Not() : set;
    }

    private CharSet ClassAtom()
    {
        if (at >= text.Length)
        {
            throw Bad("A '[' is not closed.");
        }

        var rune = text[at++];
        return rune.Value == '\\' ? PatternEscapes.Read(text, ref at, Bad) : CharSet.Of((rune.Value, rune.Value));
    }

    private bool Sees(char c) => at < text.Length && text[at].Value == c;

    private bool Take(char c)
    {
        if (!Sees(c))
        {
            return false;
        }

        at++;
        return true;
    }

    private ModelException Bad(string reason) => SchemaNode.Bad(pointer, "pattern", reason);
}
