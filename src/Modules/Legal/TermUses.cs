using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>The terms that a document defines, and which of its chunks use them.</summary>
internal sealed class TermUses
{
    // No contract has more terms that begin with one word; a text made to slow us down may, and each use compares with all of them.
    private const int MostOfOneWord = 100;

    private readonly Dictionary<string, LinkTarget> _defined = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IReadOnlyList<string>> _used = [];
    private readonly Dictionary<string, int> _chunks = new(StringComparer.Ordinal);

    private TermUses(IReadOnlyList<Chunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            foreach (var defined in DefinedTerm.In(chunk.Text).Where(x => !x.Term.Contains(SectionTags.Means, StringComparison.Ordinal) && !x.Term.Contains(SectionTags.Between, StringComparison.Ordinal)))
            {
                var first = FirstWord(defined.Term, 0);
                _byFirstWord.TryAdd(first, []);
                // Defined twice, the first one counts.
                if (_byFirstWord[first].Count < MostOfOneWord
                    && _defined.TryAdd(defined.Term, new LinkTarget(chunk.Ordinal, chunk.Start + defined.Start, chunk.Start + defined.End)))
                {
                    _byFirstWord[first].Add(defined.Term);
                }
            }
        }

        foreach (var terms in _byFirstWord.Values)
        {
            terms.Sort((x, y) => y.Length.CompareTo(x.Length));
        }

        foreach (var chunk in chunks)
        {
            _used[chunk.Ordinal] = [.. Find(chunk.Text).Distinct(StringComparer.Ordinal)];
            foreach (var term in _used[chunk.Ordinal])
            {
                _chunks[term] = _chunks.GetValueOrDefault(term) + 1;
            }
        }
    }

    public static TermUses Of(IReadOnlyList<Chunk> chunks) => new(chunks);

    /// <summary>The terms that a chunk uses, how many chunks use each, and where it is defined.</summary>
    public IEnumerable<(string Term, int Chunks, LinkTarget Target)> In(Chunk chunk) =>
        _used[chunk.Ordinal].Select(term => (term, _chunks[term], _defined[term]));

    // At each word the longest term that begins there.
    private IEnumerable<string> Find(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || !(char.IsUpper(text[at]) || char.IsDigit(text[at]))
                || !_byFirstWord.TryGetValue(FirstWord(text, at), out var terms))
            {
                continue;
            }

            if (terms.Find(term => string.CompareOrdinal(text, at, term, 0, term.Length) == 0 && (at + term.Length == text.Length || !char.IsLetterOrDigit(text[at + term.Length]))) is { } found)
            {
                yield return found;
                at += found.Length - 1;
            }
        }
    }

    private static string FirstWord(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        return text[at..end];
    }
}
