using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Texts with other characters in them. Where trust cannot be followed, the result is untrusted.</summary>
internal static class Rewriting
{
    /// <summary>Another case of each character; their number stays.</summary>
    public static Text Recased(Text text, Func<string, string> change, RenderBudget budget)
    {
        budget.Characters(text.Plain.Length);
        var plain = change(text.Plain);
        return plain.Length == text.Plain.Length ? new Text(plain, [.. text.Runs]) : Text.Of(plain, text.IsTrusted);
    }

    /// <summary>The first letter of each word large, the others small. A word begins after any character that <paramref name="separates"/>.</summary>
    public static string Titled(string plain, Func<char, bool> separates)
    {
        var starts = true;
        return string.Create(plain.Length, plain, (into, from) =>
        {
            for (var at = 0; at < from.Length; at++)
            {
                into[at] = starts ? char.ToUpperInvariant(from[at]) : char.ToLowerInvariant(from[at]);
                starts = separates(from[at]);
            }
        });
    }

    public static string Capitalized(string plain) => plain.Length == 0 ? plain : char.ToUpperInvariant(plain[0]) + plain[1..].ToLowerInvariant();

    /// <summary>With <paramref name="wanted"/> replaced. What stands for untrusted characters is untrusted, whoever wrote it.</summary>
    public static Text Replaced(Text text, Text wanted, Text replacement, long most, RenderBudget budget)
    {
        budget.Search(text.Plain.Length, wanted.Plain.Length);
        var limit = most < 0 ? long.MaxValue : most;
        if (wanted.Plain.Length == 0)
        {
            return Interleaved(text, replacement, limit, budget);
        }

        var into = new TextBuilder(budget);
        var done = 0;
        for (var at = text.Plain.IndexOf(wanted.Plain, StringComparison.Ordinal);
            at >= 0 && limit > 0;
            at = text.Plain.IndexOf(wanted.Plain, done, StringComparison.Ordinal), limit--)
        {
            into.Append(text, done, at - done);
            Append(into, replacement, text.TrustedAt(at, wanted.Plain.Length));
            done = at + wanted.Plain.Length;
        }

        return done == 0 ? text : into.Append(text, done, text.Plain.Length - done).ToText();
    }

    public static Text Indented(Call call)
    {
        var width = call.Bound[0] is Text given ? given : new TextBuilder(call.Budget).Append(' ', call.Whole(0, 4)).ToText();
        var lines = Cutting.Split(call.SelfText, Text.Trusted("\n"), -1, fromRight: false, call.Budget);
        var into = call.NewText();
        for (var at = 0; at < lines.Count; at++)
        {
            var line = (Text)lines[at];
            var isIndented = at == 0 ? call.Flag(1) : line.Plain.Length > 0 || call.Flag(2);
            into.Append(at == 0 ? "" : "\n", call.SelfText.IsTrusted).Append(isIndented ? width : Text.Empty).Append(line);
        }

        return into.ToText();
    }

    private static Text Interleaved(Text text, Text replacement, long limit, RenderBudget budget)
    {
        var into = new TextBuilder(budget);
        foreach (var character in Iteration.Of(text, budget))
        {
            if (limit-- > 0)
            {
                Append(into, replacement, text.IsTrusted);
            }

            into.Append((Text)character);
        }

        if (limit > 0)
        {
            Append(into, replacement, text.IsTrusted);
        }

        return into.ToText();
    }

    private static void Append(TextBuilder into, Text text, bool mayBeTrusted)
    {
        if (mayBeTrusted)
        {
            into.Append(text);
        }
        else
        {
            into.Append(text.Plain, trusted: false);
        }
    }
}
