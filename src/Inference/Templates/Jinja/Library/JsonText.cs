using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>tojson</c> as Hugging Face defines it: Python's <c>json.dumps(value, ensure_ascii=False)</c>. Every character keeps its trust.</summary>
internal sealed class JsonText(RenderBudget budget)
{
    private readonly TextBuilder _into = new(budget);

    /// <summary>Spaces of one level; null writes all on one line.</summary>
    public int? Indent { get; init; }

    public required string ItemSeparator { get; init; }

    public required string KeySeparator { get; init; }

    public bool SortsKeys { get; init; }

    public bool OnlyAscii { get; init; }

    /// <exception cref="JinjaException">The value holds what JSON cannot say.</exception>
    public Text Of(Value value)
    {
        Write(value, 1);
        return _into.ToText();
    }

    private void Write(Value value, int level)
    {
        budget.Enter();
        switch (value)
        {
            case Text text:
                Quote(text);
                break;
            case Sequence sequence:
                Write('[', ']', sequence.Items.Count, level, at => Write(sequence.Items[at], level + 1));
                break;
            case Mapping mapping:
                var pairs = mapping.Items.ToList();
                if (SortsKeys)
                {
                    pairs.Sort((left, right) => Truth.Compare(left.Key, right.Key, budget));
                }

                Write('{', '}', pairs.Count, level, at =>
                {
                    Quote(Key(pairs[at].Key));
                    _into.Append(KeySeparator);
                    Write(pairs[at].Value, level + 1);
                });
                break;
            default:
                _into.Append(Scalar(value));
                break;
        }

        budget.Leave();
    }

    private void Write(char open, char close, int count, int level, Action<int> item)
    {
        _into.Append(open, 1);
        for (var at = 0; at < count; at++)
        {
            _into.Append(at == 0 ? "" : ItemSeparator);
            NewLine(level);
            item(at);
        }

        if (count > 0)
        {
            NewLine(level - 1);
        }

        _into.Append(close, 1);
    }

    private void NewLine(int level)
    {
        if (Indent is { } indent)
        {
            _into.Append('\n', 1).Append(' ', (long)indent * level);
        }
    }

    private static Text Key(Value key) => key as Text ?? Text.Trusted(Scalar(key));

    private static string Scalar(Value value) => value switch
    {
        None => "null",
        Flag flag => flag.IsTrue ? "true" : "false",
        Whole whole => whole.Number.ToString(CultureInfo.InvariantCulture),
        Real { Number: double.PositiveInfinity } => "Infinity",
        Real { Number: double.NegativeInfinity } => "-Infinity",
        Real real => double.IsNaN(real.Number) ? "NaN" : Numbers.Write(real.Number),
        Undefined { Name: { } name } => throw new JinjaException($"'{name}' is not defined, and 'tojson' is to write it"),
        _ => throw new JinjaException($"'tojson' cannot write a value of the kind {value.Kind}"),
    };

    private void Quote(Text text)
    {
        _into.Append('"', 1);
        var done = 0;
        for (var at = 0; at < text.Plain.Length; at++)
        {
            if (Escaped(text.Plain[at]) is { } escaped)
            {
                _into.Append(text, done, at - done).Append(escaped, text.TrustedAt(at, 1));
                done = at + 1;
            }
        }

        _into.Append(text, done, text.Plain.Length - done).Append('"', 1);
    }

    private string? Escaped(char next) => next switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\b' => @"\b",
        '\f' => @"\f",
        < ' ' => $"\\u{(int)next:x4}",
        > '~' when OnlyAscii => $"\\u{(int)next:x4}",
        _ => null,
    };
}
