namespace Tessera.Inference.Templates.Jinja.Values;

/// <summary>
/// A string that knows of each of its characters whether the template wrote it or whether it came from a message. Immutable. Offsets
/// count UTF-16 code units; templates count code points, see <see cref="Points"/>.
/// </summary>
internal sealed class Text : Value
{
    private readonly Run[] _runs;

    public Text(string plain, Run[] runs)
    {
        Plain = plain;
        _runs = runs;
    }

    public static Text Empty { get; } = new("", []);

    public string Plain { get; }

    public override string Kind => "string";

    /// <summary>Stretches of equal trust in order; the last ends where the text ends. Neighbours differ.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    public bool IsTrusted => _runs.Length == 0 || (_runs.Length == 1 && _runs[0].Trusted);

    public static Text Trusted(string plain) => Of(plain, trusted: true);

    public static Text Untrusted(string plain) => Of(plain, trusted: false);

    public static Text Of(string plain, bool trusted) => plain.Length == 0 ? Empty : new(plain, [new Run(plain.Length, trusted)]);

    /// <summary>Whether the template wrote every character of a stretch.</summary>
    public bool TrustedAt(int start, int length)
    {
        for (var at = RunAt(start); at < _runs.Length && (at == 0 || _runs[at - 1].End < start + length); at++)
        {
            if (!_runs[at].Trusted && length > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The place in <see cref="Runs"/> of the stretch that holds a character.</summary>
    public int RunAt(int position)
    {
        var low = 0;
        for (var high = _runs.Length; low < high;)
        {
            var middle = (low + high) / 2;
            (low, high) = _runs[middle].End <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>What the template wrote of it, for messages that must hold nothing else.</summary>
    public string TrustedOnly() => string.Concat(Parts().Select(part => part.Trusted ? part.Text : "…"));

    public IEnumerable<PromptPart> Parts()
    {
        var from = 0;
        foreach (var run in _runs)
        {
            yield return new PromptPart(Plain[from..run.End], run.Trusted);
            from = run.End;
        }
    }

    /// <summary>Where each code point begins, with the end as the last entry; null where code points and code units are the same.</summary>
    public int[]? Points()
    {
        if (!Plain.Any(char.IsHighSurrogate))
        {
            return null;
        }

        var starts = new List<int>(Plain.Length);
        for (var at = 0; at < Plain.Length; at += char.IsSurrogatePair(Plain, at) ? 2 : 1)
        {
            starts.Add(at);
            if (at + 1 == Plain.Length)
            {
                break;
            }
        }

        starts.Add(Plain.Length);
        return [.. starts];
    }
}

/// <summary>A stretch of a text.</summary>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Trusted">Whether the template wrote it.</param>
internal readonly record struct Run(int End, bool Trusted);
