using System.Text;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>
/// Keys of an object that are none of its named ones: a rule for each prefix of a name, which is left by a character that no name has
/// there. While it could still become a name, nothing is escaped; a name in other spelling would be the same key.
/// </summary>
internal static class OtherKeys
{
    private sealed class Prefix
    {
        public SortedDictionary<int, Prefix> Next { get; } = [];

        public bool IsName { get; set; }

        public string Rule { get; set; } = "";
    }

    /// <summary>The symbols of a key in its quotes.</summary>
    public static string Write(IReadOnlyList<string> names, GrammarText grammar)
    {
        if (names.Count == 0)
        {
            return grammar.Known("string");
        }

        var start = new Prefix { Rule = grammar.NewName("key") };
        foreach (var name in names)
        {
            Insert(start, name);
        }

        grammar.Known("char");
        var waiting = new Queue<Prefix>([start]);
        while (waiting.TryDequeue(out var prefix))
        {
            var ways = new StringBuilder(prefix.IsName ? "" : "| ");
            var taken = new StringBuilder();
            foreach (var (rune, next) in prefix.Next)
            {
                next.Rule = grammar.NewName("key");
                waiting.Enqueue(next);
                ways.Append(GrammarText.Literal(char.ConvertFromUtf32(rune))).Append(' ').Append(next.Rule).Append(" | ");
                taken.Append(CharSet.Escape(rune));
            }

            grammar.Define(prefix.Rule, ways.Append("[^\"\\\\\\x7F\\x00-\\x1F").Append(taken).Append("] char*").ToString());
        }

        return $"\"\\\"\" {start.Rule} \"\\\"\"";
    }

    private static void Insert(Prefix at, string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            // It could only go on with an escape, and none comes here: the name cannot be written as another key.
            if (rune.Value is < ' ' or '"' or '\\' or 0x7f)
            {
                return;
            }

            if (!at.Next.TryGetValue(rune.Value, out var next))
            {
                at.Next.Add(rune.Value, next = new Prefix());
            }

            at = next;
        }

        at.IsName = true;
    }
}
