namespace Tessera.Inference.Constraints.Schemas;

/// <summary>A part of a regular expression. Lengths are in characters (code points).</summary>
internal abstract record PatternNode(long Shortest, long Longest)
{
    /// <summary>More than any length that is asked for.</summary>
    public const long Endless = long.MaxValue / 4;

    /// <summary>One character of a set.</summary>
    public sealed record OneOf(CharSet Set) : PatternNode(1, 1);

    /// <summary>Any text: what an expression without anchors allows around it.</summary>
    public sealed record Anything() : PatternNode(0, Endless);

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts)
        : PatternNode(Sum(Parts.Select(part => part.Shortest)), Sum(Parts.Select(part => part.Longest)));

    /// <summary>One of them.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Ways)
        : PatternNode(Ways.Min(way => way.Shortest), Ways.Max(way => way.Longest));

    /// <summary>Several times; <see cref="int.MaxValue"/>: without end.</summary>
    public sealed record Repeated(PatternNode Part, int Min, int Max)
        : PatternNode(Times(Part.Shortest, Min), Max == int.MaxValue && Part.Longest > 0 ? Endless : Times(Part.Longest, Max));

    private static long Sum(IEnumerable<long> lengths) => lengths.Aggregate(0L, (sum, length) => Math.Min(Endless, sum + length));

    private static long Times(long length, int count) => length > 0 && count > Endless / length ? Endless : length * count;
}
