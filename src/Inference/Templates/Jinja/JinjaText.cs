using System.Buffers;
using System.Text;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>
/// A string that knows which of its characters the template wrote and which came from outside. Every operation carries that along; where one
/// cannot, the whole result counts as from outside. Immutable.
/// </summary>
internal sealed class JinjaText : IEquatable<JinjaText>
{
    private const char Own = 't';
    private const char Foreign = 'u';

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\r\f\v");

    // One mark a character.
    private readonly string marks;

    private JinjaText(string value, string marks) => (Value, this.marks) = (value, marks);

    public static JinjaText Empty { get; } = new("", "");

    /// <summary>The characters.</summary>
    public string Value { get; }

    public int Length => Value.Length;

    /// <summary>Characters that a template or this code wrote.</summary>
    public static JinjaText Trusted(string value) => new(value, new string(Own, value.Length));

    /// <summary>Characters of a message, a tool or a document.</summary>
    public static JinjaText Untrusted(string value) => new(value, new string(Foreign, value.Length));

    public static JinjaText Concat(IEnumerable<JinjaText> texts)
    {
        var (value, marks) = (new StringBuilder(), new StringBuilder());
        foreach (var text in texts)
        {
            value.Append(text.Value);
            marks.Append(text.marks);
        }

        return new JinjaText(value.ToString(), marks.ToString());
    }

    public static JinjaText operator +(JinjaText left, JinjaText right) => new(left.Value + right.Value, left.marks + right.marks);

    public JinjaText Slice(int start, int length) => new(Value.Substring(start, length), marks.Substring(start, length));

    /// <summary>The same operation on the characters alone, where it may move them: from outside as a whole if any of them was.</summary>
    public JinjaText Change(Func<string, string> change)
    {
        var value = change(Value);
        return value.Length == Value.Length ? new JinjaText(value, marks) : new JinjaText(value, new string(marks.Contains(Foreign) ? Foreign : Own, value.Length));
    }

    public JinjaText Trim(string? letters, bool start, bool end)
    {
        var (from, to) = (0, Value.Length);
        while (start && from < to && Drops(Value[from], letters))
        {
            from++;
        }

        while (end && to > from && Drops(Value[to - 1], letters))
        {
            to--;
        }

        return Slice(from, to - from);
    }

    public IReadOnlyList<JinjaText> Split(string? by, int most)
    {
        var parts = new List<JinjaText>();
        var rest = by is null ? Trim(null, start: true, end: true) : this;
        while (parts.Count != most && rest.Length > 0)
        {
            var at = by is null ? rest.Value.AsSpan().IndexOfAny(Blanks) : rest.Value.IndexOf(by, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            parts.Add(rest.Slice(0, at));
            rest = rest.Slice(at + (by?.Length ?? 1), rest.Length - at - (by?.Length ?? 1));
            rest = by is null ? rest.Trim(null, start: true, end: false) : rest;
        }

        if (by is not null || rest.Length > 0)
        {
            parts.Add(rest);
        }

        return parts;
    }

    public JinjaText Replace(string old, JinjaText by, int most)
    {
        if (old.Length == 0)
        {
            return this;
        }

        var parts = Split(old, most);
        return Concat(parts.SelectMany((part, i) => i == 0 ? [part] : (JinjaText[])[by, part]));
    }

    /// <summary>Each character, by what a function makes of it.</summary>
    public JinjaText Map(Func<char, string> map)
    {
        var (value, made) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Value.Length; i++)
        {
            var text = map(Value[i]);
            value.Append(text);
            made.Append(marks[i], text.Length);
        }

        return new JinjaText(value.ToString(), made.ToString());
    }

    /// <summary>Runs of characters of one origin.</summary>
    public IReadOnlyList<PromptPart> Parts()
    {
        var parts = new List<PromptPart>();
        for (var start = 0; start < Value.Length;)
        {
            var end = start + 1;
            while (end < Value.Length && marks[end] == marks[start])
            {
                end++;
            }

            parts.Add(new PromptPart(Value[start..end], marks[start] == Own));
            start = end;
        }

        return parts;
    }

    public bool Equals(JinjaText? other) => other is not null && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as JinjaText);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static bool Drops(char letter, string? letters) => letters is null ? char.IsWhiteSpace(letter) : letters.Contains(letter, StringComparison.Ordinal);
}
