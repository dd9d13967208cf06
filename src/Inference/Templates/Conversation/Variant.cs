namespace Tessera.Inference.Templates.Conversation;

/// <summary>One way to hand a conversation to a template. Templates differ in what they take; the plain way comes first.</summary>
/// <param name="Turns">The messages.</param>
/// <param name="ArgumentsAsText">Arguments of calls are JSON text, not dictionaries.</param>
/// <param name="ContentAsParts">A content is a list of <c>{"type": "text", "text": …}</c>, not a string.</param>
internal sealed record Variant(IReadOnlyList<Turn> Turns, bool ArgumentsAsText = false, bool ContentAsParts = false)
{
    /// <summary>As it is, then with ever more done to it; ways that would change nothing are left out.</summary>
    public static IEnumerable<Variant> All(IReadOnlyList<Turn> turns)
    {
        var hasCalls = turns.Any(turn => turn.Calls.Count > 0 || turn.CallId is not null);
        foreach (var shape in Shapes(turns))
        {
            yield return new Variant(shape);
            if (hasCalls)
            {
                yield return new Variant(Folding.WithShortIds(shape));
                yield return new Variant(shape, ArgumentsAsText: true);
            }

            if (ReferenceEquals(shape, turns))
            {
                yield return new Variant(shape, ContentAsParts: true);
            }
        }
    }

    /// <summary>
    /// Whether a prompt holds the instructions and the last question. Some templates drop a system message without a word, or look for parts in a
    /// text and find none. The longest line stands for a text, because templates take marks such as <c>/no_think</c> out of it.
    /// </summary>
    public static bool IsWhole(string prompt, IReadOnlyList<Turn> turns) =>
        Holds(prompt, turns.LastOrDefault(turn => turn.Role == Turn.User)) && turns.Where(turn => turn.Role == Turn.System).All(turn => Holds(prompt, turn));

    private static IEnumerable<IReadOnlyList<Turn>> Shapes(IReadOnlyList<Turn> turns)
    {
        yield return turns;
        var merged = Folding.Merged(turns);
        if (!ReferenceEquals(merged, turns))
        {
            yield return merged;
        }

        var folded = Folding.WithoutSystem(turns);
        if (!ReferenceEquals(folded, turns))
        {
            yield return folded;
            var both = Folding.Merged(folded);
            if (!ReferenceEquals(both, folded))
            {
                yield return both;
            }
        }
    }

    private static bool Holds(string prompt, Turn? turn)
    {
        var line = turn?.Content.Split('\n').MaxBy(part => part.Length)?.Trim() ?? "";
        return prompt.Contains(line, StringComparison.Ordinal);
    }
}
