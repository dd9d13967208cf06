using System.Buffers;
using System.Text;
using Tessera.Inference.Llama.Native;
using Tessera.Inference.Templates;

namespace Tessera.Inference.Llama;

/// <summary>
/// Turns a rendered prompt into tokens as the model's makers do, in one go, so that words at the seams are split as in training. Only what the
/// template itself wrote may become control tokens: a name of one that stands, wholly or in part, in text of people or documents is taken apart
/// before the engine sees it. Immutable, safe for concurrent use.
/// </summary>
internal sealed class PromptTokenizer
{
    private readonly VocabularyHandle vocabulary;
    private readonly SearchValues<string> names;
    private readonly HashSet<string> nameSet;
    private readonly int longest;
    private readonly string beginName;

    public PromptTokenizer(VocabularyHandle vocabulary)
    {
        this.vocabulary = vocabulary;
        nameSet = Enumerable.Range(0, vocabulary.Count)
            .Where(token => vocabulary.IsControl(token) || vocabulary.IsUserDefined(token))
            .Select(token => (Name: vocabulary.Text(token), Control: vocabulary.IsControl(token)))
            .Where(token => token.Name.Length > 1 && (token.Control || LooksLikeMark(token.Name)))
            .Select(token => token.Name)
            .ToHashSet(StringComparer.Ordinal);
        names = SearchValues.Create([.. nameSet], StringComparison.Ordinal);
        longest = nameSet.Count == 0 ? 0 : nameSet.Max(name => name.Length);
        beginName = vocabulary.Begin >= 0 ? vocabulary.Text(vocabulary.Begin) : "";
    }

    /// <summary>The prompt's tokens, the model's own beginning included where it wants one.</summary>
    public IReadOnlyList<int> Tokenize(IReadOnlyList<PromptPart> parts)
    {
        var text = string.Concat(parts.Select(part => part.Text));
        var tokens = new List<int>();
        if (vocabulary.AddsBegin && vocabulary.Begin >= 0 && !(beginName.Length > 0 && StartsTrusted(parts, beginName)))
        {
            tokens.Add(vocabulary.Begin);
        }

        var start = 0;
        foreach (var cut in Cuts(text, parts))
        {
            tokens.AddRange(vocabulary.Tokenize(text[start..cut], addSpecial: false, parseSpecial: true));
            start = cut;
        }

        tokens.AddRange(vocabulary.Tokenize(text[start..], addSpecial: false, parseSpecial: true));
        return tokens;
    }

    // Names that users defined are often words of the text itself (runs of blanks, tags of a language); what looks like a mark is a mark.
    private static bool LooksLikeMark(string name) => name is ['<', .., '>'] or ['[', .., ']'];

    private static bool StartsTrusted(IReadOnlyList<PromptPart> parts, string name) =>
        parts.Count > 0 && parts[0].Trusted && parts[0].Text.StartsWith(name, StringComparison.Ordinal);

    // Places behind the first character of each name that untrusted text has a part in.
    private List<int> Cuts(string text, IReadOnlyList<PromptPart> parts)
    {
        var cuts = new List<int>();
        var at = 0;
        foreach (var part in parts)
        {
            var (start, end) = (at, at + part.Text.Length);
            at = end;
            if (!part.Trusted && longest > 0)
            {
                Find(text, Math.Max(0, start - longest + 1), start, Math.Min(text.Length, end + longest - 1), end, cuts);
            }
        }

        cuts.Sort();
        return [.. cuts.Distinct()];
    }

    private void Find(string text, int from, int start, int to, int end, List<int> cuts)
    {
        while (from < end && from < to)
        {
            var next = text.AsSpan(from, to - from).IndexOfAny(names);
            if (next < 0)
            {
                return;
            }

            var place = from + next;
            // Every name that begins here and reaches into the untrusted text; a trusted name before it stays whole.
            if (place < end && Enumerable.Range(2, longest - 1).Any(length =>
                place + length <= text.Length && place + length > start && nameSet.Contains(text.Substring(place, length))))
            {
                cuts.Add(place + (Rune.TryGetRuneAt(text, place, out var rune) ? rune.Utf16SequenceLength : 1));
            }

            from = place + 1;
        }
    }
}
