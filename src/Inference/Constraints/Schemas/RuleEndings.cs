namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Finds rules that a model could begin but never end: an object that must hold one of its own kind.</summary>
internal sealed class RuleEndings
{
    private readonly Dictionary<string, (string Pointer, IReadOnlyList<IReadOnlyList<string>> Ways)> rules = [];

    public void Add(string rule, string pointer, IReadOnlyList<IReadOnlyList<string>> ways) => rules.Add(rule, (pointer, ways));

    /// <exception cref="ModelException">There is one.</exception>
    public void Check()
    {
        // From the ends backwards: a rule ends where one of its ways needs only rules that end. Each need is looked at once.
        var missing = new Dictionary<(string Rule, int Way), int>();
        var users = new Dictionary<string, List<(string Rule, int Way)>>();
        var ended = new HashSet<string>();
        var ready = new Queue<string>();
        foreach (var (rule, (_, ways)) in rules)
        {
            for (var way = 0; way < ways.Count; way++)
            {
                var needs = ways[way].Where(rules.ContainsKey).Distinct().ToList();
                missing[(rule, way)] = needs.Count;
                foreach (var need in needs)
                {
                    if (!users.TryGetValue(need, out var list))
                    {
                        users[need] = list = [];
                    }

                    list.Add((rule, way));
                }

                if (needs.Count == 0 && ended.Add(rule))
                {
                    ready.Enqueue(rule);
                }
            }
        }

        while (ready.TryDequeue(out var rule))
        {
            foreach (var user in users.GetValueOrDefault(rule, []))
            {
                if (--missing[user] == 0 && ended.Add(user.Rule))
                {
                    ready.Enqueue(user.Rule);
                }
            }
        }

        foreach (var (rule, (pointer, _)) in rules)
        {
            if (!ended.Contains(rule))
            {
                throw SchemaNode.Bad(pointer, "$ref", "A value of it must hold another of its kind without end; make a property on the way optional or nullable.");
            }
        }
    }
}
