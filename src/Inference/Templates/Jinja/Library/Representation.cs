using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Values as Python's <c>str</c> and <c>repr</c> write them. Every character keeps its trust.</summary>
internal static class Representation
{
    /// <summary><c>str(value)</c></summary>
    public static Text Of(Value value, RenderBudget budget)
    {
        if (value is Text text)
        {
            return text;
        }

        if (value is Undefined)
        {
            return Text.Empty;
        }

        var into = new TextBuilder(budget);
        Write(value, into, budget);
        return into.ToText();
    }

    private static void Write(Value value, TextBuilder into, RenderBudget budget)
    {
        budget.Enter();
        switch (value)
        {
            case Text text:
                Quote(text, into);
                break;
            case Sequence sequence:
                into.Append(sequence.IsTuple ? "(" : "[");
                for (var at = 0; at < sequence.Items.Count; at++)
                {
                    into.Append(at == 0 ? "" : ", ");
                    Write(sequence.Items[at], into, budget);
                }

                into.Append(!sequence.IsTuple ? "]" : sequence.Items.Count == 1 ? ",)" : ")");
                break;
            case Mapping mapping:
                into.Append("{");
                foreach (var (key, item) in mapping.Items)
                {
                    into.Append(mapping.Items.GetAt(0).Key == key ? "" : ", ");
                    Write(key, into, budget);
                    into.Append(": ");
                    Write(item, into, budget);
                }

                into.Append("}");
                break;
            default:
                into.Append(Scalar(value));
                break;
        }

        budget.Leave();
    }

    private static string Scalar(Value value) => value switch
    {
        None => "None",
        Undefined => "Undefined",
        Flag flag => flag.IsTrue ? "True" : "False",
        Whole whole => whole.Number.ToString(CultureInfo.InvariantCulture),
        Real real => Numbers.Write(real.Number),
        _ => throw new JinjaException($"a value of the kind {value.Kind} cannot be written"),
    };

    private static void Quote(Text text, TextBuilder into)
    {
        var quote = text.Plain.Contains('\'', StringComparison.Ordinal) && !text.Plain.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        into.Append(quote, 1);
        var done = 0;
        for (var at = 0; at < text.Plain.Length; at++)
        {
            var next = text.Plain[at];
            var escaped = next switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when next == quote => "\\" + quote,
                < ' ' or '\x7f' => $"\\x{(int)next:x2}",
                _ => null,
            };
            if (escaped is not null)
            {
                into.Append(text, done, at - done).Append(escaped, text.TrustedAt(at, 1));
                done = at + 1;
            }
        }

        into.Append(text, done, text.Plain.Length - done).Append(quote, 1);
    }
}
