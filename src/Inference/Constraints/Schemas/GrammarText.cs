using System.Globalization;
using System.Text;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>
/// A GBNF grammar in the making. It keeps what the native engine needs: counted repetitions of one symbol only and below its limit,
/// names of letters, digits and dashes, few rules. Not safe for concurrent use.
/// </summary>
internal sealed class GrammarText
{
    /// <summary>The native engine takes 2,000 at once; it makes one rule for each.</summary>
    private const int LongestRun = 1_000;

    private const int Block = 500;
    private const int MostCounted = 1_000_000;
    private const int MostRules = 10_000;
    private const int MostExpanded = 100_000;
    private const int LongestText = 2_000_000;
    private const int LongestHint = 24;

    private readonly Dictionary<string, string> rules = [];
    private readonly List<string> order = [];
    private int named;
    private int expanded;
    private int length;

    /// <summary>A name that no other rule has. Its rule is to be defined later.</summary>
    public string NewName(string hint)
    {
        var safe = new string([.. hint.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(LongestHint)]).Trim('-');
        return $"{(safe.Length == 0 ? "rule" : safe)}-{(++named).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>A new rule.</summary>
    public string Add(string hint, string body)
    {
        var name = NewName(hint);
        Define(name, body);
        return name;
    }

    public void Define(string name, string body)
    {
        rules.Add(name, body);
        order.Add(name);
        length += name.Length + body.Length;
        if (rules.Count > MostRules || length > LongestText)
        {
            throw TooLarge();
        }
    }

    /// <summary>The rule of a plain JSON value, and of what it is made of.</summary>
    public string Known(string name)
    {
        if (!rules.ContainsKey(name))
        {
            var (body, parts) = KnownRules.Of(name);
            Define(name, body);
            foreach (var part in parts)
            {
                Known(part);
            }
        }

        return name;
    }

    /// <summary>A symbol (a name, a class or a literal that never matches nothing) so and so many times.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most; <see cref="int.MaxValue"/>: any number.</param>
    public string Repeat(string symbol, int min, int max)
    {
        // No reply is so long that a larger bound could matter, and generators of schemas like to write int.MaxValue.
        max = max > MostCounted && min <= LongestRun ? int.MaxValue : max;
        switch (min, max)
        {
            case (_, 0):
                return "";
            case (0, int.MaxValue):
                return symbol + "*";
            case (1, int.MaxValue):
                return symbol + "+";
            case (0, 1):
                return symbol + "?";
            case (1, 1):
                return symbol;
        }

        if ((max == int.MaxValue ? min : max) <= LongestRun)
        {
            return Counted(symbol, min, max);
        }

        if (Math.Max(min, max == int.MaxValue ? 0 : max) > MostCounted)
        {
            throw TooLarge();
        }

        // Blocks keep the rules few: n = q·Block + r in q + Block + r of them. The last block is left open, so every count has a way.
        var block = Add("block", Counted(symbol, Block, Block));
        var parts = new List<string> { Counted(block, min / Block, min / Block), Counted(symbol, min % Block, min % Block) };
        var more = max - min;
        if (max == int.MaxValue)
        {
            parts.Add(symbol + "*");
        }
        else if (more < 2 * Block)
        {
            parts.Add(Counted(symbol, 0, more));
        }
        else
        {
            parts.Add(Counted(block, 0, (more / Block) - 1));
            parts.Add(Counted(symbol, 0, Block + (more % Block)));
        }

        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>A text as it stands, quoted.</summary>
    public static string Literal(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' => $"\\x{(int)c:X2}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The whole grammar, with <paramref name="root"/> as what it takes.</summary>
    public string Write(string root)
    {
        var text = new StringBuilder("root ::= ").Append(root).Append('\n');
        foreach (var name in order)
        {
            text.Append(name).Append(" ::= ").Append(rules[name]).Append('\n');
        }

        return text.ToString();
    }

    private string Counted(string symbol, int min, int max)
    {
        expanded += max == int.MaxValue ? min : max;
        return max == 0 ? "" : expanded > MostExpanded ? throw TooLarge()
            : max == int.MaxValue ? $"{symbol}{{{min},}}" : min == max ? $"{symbol}{{{min}}}" : $"{symbol}{{{min},{max}}}";
    }

    private static ModelException TooLarge() => new(
        ModelFault.BadSchema,
        "The JSON schema comes to a grammar that is too large; take out properties, long patterns or high counts (minLength, maxLength, minItems, maxItems).");
}
