using System.Text;

namespace Tessera.Inference.Templates.Jinja.Values;

/// <summary>Puts texts together and keeps what is known of their trust. Pays for each character before it is there. One thread.</summary>
internal sealed class TextBuilder(RenderBudget budget)
{
    private readonly StringBuilder _plain = new();
    private readonly List<Run> _runs = [];

    public int Length => _plain.Length;

    public TextBuilder Append(Text text) => Append(text, 0, text.Plain.Length);

    public TextBuilder Append(Text text, int start, int length)
    {
        budget.Characters(length);
        var end = start + length;
        for (var at = text.RunAt(start); start < end; at++)
        {
            var last = Math.Min(end, text.Runs[at].End);
            _plain.Append(text.Plain, start, last - start);
            Mark(text.Runs[at].Trusted);
            start = last;
        }

        return this;
    }

    public TextBuilder Append(string plain, bool trusted = true)
    {
        if (plain.Length > 0)
        {
            budget.Characters(plain.Length);
            _plain.Append(plain);
            Mark(trusted);
        }

        return this;
    }

    public TextBuilder Append(char character, long times, bool trusted = true)
    {
        if (times > 0)
        {
            budget.Characters(times);
            _plain.Append(character, (int)times);
            Mark(trusted);
        }

        return this;
    }

    public Text ToText() => _plain.Length == 0 ? Text.Empty : new Text(_plain.ToString(), [.. _runs]);

    private void Mark(bool trusted)
    {
        if (_runs.Count > 0 && _runs[^1].Trusted == trusted)
        {
            _runs[^1] = new Run(_plain.Length, trusted);
        }
        else
        {
            _runs.Add(new Run(_plain.Length, trusted));
        }
    }
}
