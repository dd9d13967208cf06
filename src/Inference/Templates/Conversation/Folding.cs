namespace Tessera.Inference.Templates.Conversation;

/// <summary>Conversations made into the shape that a strict template takes. No text is lost.</summary>
internal static class Folding
{
    private const string Between = "\n\n";

    /// <summary>System texts put before the next user's text; for models that know no system role.</summary>
    public static IReadOnlyList<Turn> WithoutSystem(IReadOnlyList<Turn> turns)
    {
        if (!turns.Any(turn => turn.Role == Turn.System))
        {
            return turns;
        }

        var folded = new List<Turn>();
        var waiting = "";
        foreach (var turn in turns)
        {
            if (turn.Role == Turn.System)
            {
                waiting = Joined(waiting, turn.Content);
            }
            else if (turn.Role == Turn.User && waiting.Length > 0)
            {
                folded.Add(turn with { Content = Joined(waiting, turn.Content) });
                waiting = "";
            }
            else
            {
                folded.Add(turn);
            }
        }

        return waiting.Length == 0 ? folded : [.. folded, new Turn(Turn.User, waiting)];
    }

    /// <summary>Neighbours of one role made one turn; for models whose roles must alternate.</summary>
    public static IReadOnlyList<Turn> Merged(IReadOnlyList<Turn> turns)
    {
        var merged = new List<Turn>();
        foreach (var turn in turns)
        {
            if (merged.Count > 0 && Merges(merged[^1], turn))
            {
                merged[^1] = turn with
                {
                    Content = Joined(merged[^1].Content, turn.Content),
                    Reasoning = merged[^1].Reasoning is { } reasoning ? Joined(reasoning, turn.Reasoning ?? "") : turn.Reasoning,
                };
            }
            else
            {
                merged.Add(turn);
            }
        }

        return merged.Count == turns.Count ? turns : merged;
    }

    /// <summary>Calls numbered with nine letters and digits; for models that take no other ids.</summary>
    public static IReadOnlyList<Turn> WithShortIds(IReadOnlyList<Turn> turns)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. turns.Select(turn => turn with
        {
            Calls = [.. turn.Calls.Select(call => call with { Id = Short(call.Id) })],
            CallId = turn.CallId is { } id ? Short(id) : null,
        })];

        string Short(string id) => ids.TryGetValue(id, out var known) ? known : ids[id] = $"call{ids.Count + 1:00000}";
    }

    private static bool Merges(Turn first, Turn second) =>
        first.Role == second.Role && first.Role != Turn.Tool && first.Calls.Count == 0 && second.Calls.Count == 0;

    private static string Joined(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : first + Between + second;
}
