namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>
/// The last word seen in each of a fixed number of places with the term it makes: bounded, and without locks since an entry is one
/// immutable object.
/// </summary>
internal sealed class TermCache(Func<string, Term?> make)
{
    private const int Places = 1 << 15;
    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The term of a lower-case word; null where the word is not searched.</summary>
    public Term? this[ReadOnlySpan<char> word]
    {
        get
        {
            var place = PlaceOf(word);
            var entry = _entries[place];
            if (entry is null || !word.SequenceEqual(entry.Word))
            {
                var text = word.ToString();
                _entries[place] = entry = new Entry(text, make(text));
            }

            return entry.Term;
        }
    }

    private static int PlaceOf(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var unit in word)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) & (Places - 1));
    }

    private sealed record Entry(string Word, Term? Term);
}
