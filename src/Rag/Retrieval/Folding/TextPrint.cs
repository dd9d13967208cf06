using System.Buffers;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Folding;

/// <summary>What a text says, without case, punctuation and the numbers of its clauses, so that two texts compare quickly. For one thread.</summary>
internal sealed class TextPrint
{
    private const int Shingle = 3;

    // MinHash: of two texts with four fifths of their runs in common, all but one pair in a thousand share three of their eight least hashes.
    private const int SketchSize = 8;
    private const int SketchCommon = 3;

    private readonly string _text;
    private readonly TextAnalysis _analysis;
    private readonly ulong[] _words;
    private ulong[]? _shingles;
    private ulong[]? _sketch;

    private TextPrint(string text, TextAnalysis analysis)
    {
        (_text, _analysis) = (text, analysis);
        var places = ArrayPool<(int Start, int End)>.Shared.Rent(text.Length);
        _words = new ulong[Split(places)];
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = HashOf(text.AsSpan(places[i].Start, places[i].End - places[i].Start));
        }

        ArrayPool<(int Start, int End)>.Shared.Return(places);
    }

    /// <summary>How many words it has.</summary>
    public int Count => _words.Length;

    /// <summary>The print of a text; of code every mark is a word.</summary>
    public static TextPrint Of(string text, TextAnalysis analysis) => new(text, analysis);

    /// <summary>Whether the other's words stand in it, side by side and in their order.</summary>
    public bool Holds(TextPrint other) => _words.AsSpan().IndexOf(other._words) >= 0;

    /// <summary>Whether they may be as alike as four fifths; cheap.</summary>
    public bool MayBeLike(TextPrint other)
    {
        var (mine, others) = (Sketch(), other.Sketch());
        var common = 0;
        foreach (var hash in mine)
        {
            common += Array.IndexOf(others, hash) >= 0 ? 1 : 0;
        }

        return common >= Math.Min(SketchCommon, Math.Min(mine.Length, others.Length));
    }

    /// <summary>The share of runs of three words that both have of those that either has, 0 to 1; 0 for the shortest texts.</summary>
    public double Likeness(TextPrint other)
    {
        var (mine, others) = (Shingles(), other.Shingles());
        var common = 0;
        for (int i = 0, j = 0; i < mine.Length && j < others.Length;)
        {
            var order = mine[i].CompareTo(others[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        var either = mine.Length + others.Length - common;
        return either > 0 ? (double)common / either : 0;
    }

    /// <summary>Its words that the other does not have, or has less often: in its order, lower case.</summary>
    public IReadOnlyList<string> Beyond(TextPrint other)
    {
        var left = new Dictionary<ulong, int>();
        foreach (var word in other._words)
        {
            left[word] = left.GetValueOrDefault(word) + 1;
        }

        var places = new (int Start, int End)[_text.Length];
        Split(places);
        var beyond = new List<string>();
        for (var i = 0; i < _words.Length; i++)
        {
            if (left.GetValueOrDefault(_words[i]) is var times and > 0)
            {
                left[_words[i]] = times - 1;
            }
            else
            {
                beyond.Add(_text[places[i].Start..places[i].End].ToLowerInvariant());
            }
        }

        return beyond;
    }

    // Into where each word stands, as many as there are characters at most; how many there are.
    private int Split((int Start, int End)[] places) => _analysis == TextAnalysis.Code ? Tokens(_text, places) : Words(_text, places);

    private static int Words(ReadOnlySpan<char> text, (int Start, int End)[] places)
    {
        var words = 0;
        for (var index = 0; index < text.Length;)
        {
            if (index == 0 || text[index - 1] == '\n')
            {
                index += LabelLength(text[index..]);
            }

            var start = index;
            while (index < text.Length && WordCharacters.LengthAt(text, index) is var length and > 0)
            {
                index += length;
            }

            if (index == start)
            {
                index++;
            }
            else
            {
                places[words++] = (start, index);
            }
        }

        return words;
    }

    // "5.2 The fee", but not "5.2 million".
    private static int LabelLength(ReadOnlySpan<char> line)
    {
        var length = LineStart.MarkerLength(line);
        return length > 0 && length < line.Length && !char.IsLower(line[length]) && !char.IsDigit(line[length]) ? length : 0;
    }

    private static int Tokens(ReadOnlySpan<char> text, (int Start, int End)[] places)
    {
        var tokens = 0;
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            while (index < text.Length && (text[index] == '_' || char.IsLetterOrDigit(text[index])))
            {
                index++;
            }

            index += index == start ? 1 : 0;
            if (!char.IsWhiteSpace(text[start]))
            {
                places[tokens++] = (start, index);
            }
        }

        return tokens;
    }

    private ulong[] Shingles()
    {
        if (_shingles is null)
        {
            var all = new ulong[Math.Max(0, _words.Length - Shingle + 1)];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = ShingleAt(i);
            }

            Array.Sort(all);
            _shingles = [.. all.Distinct()];
        }

        return _shingles;
    }

    private ulong[] Sketch()
    {
        if (_sketch is null)
        {
            Span<ulong> least = stackalloc ulong[SketchSize];
            var count = 0;
            for (var i = 0; i + Shingle <= _words.Length; i++)
            {
                var hash = ShingleAt(i);
                if ((count == SketchSize && hash >= least[count - 1]) || least[..count].Contains(hash))
                {
                    continue;
                }

                count = Math.Min(count + 1, SketchSize);
                var at = count - 1;
                for (; at > 0 && least[at - 1] > hash; at--)
                {
                    least[at] = least[at - 1];
                }

                least[at] = hash;
            }

            _sketch = least[..count].ToArray();
        }

        return _sketch;
    }

    // Mixed at the end too: the least ones must be a fair choice.
    private ulong ShingleAt(int i) => Mix(Mix(Mix(_words[i]) + _words[i + 1]) + _words[i + 2]);

    // FNV-1a.
    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in word)
        {
            hash = (hash ^ (char.IsAscii(unit) ? (char.IsAsciiLetterUpper(unit) ? (uint)(unit | 0x20) : unit) : char.ToLowerInvariant(unit))) * 1099511628211UL;
        }

        return hash;
    }

    private static ulong Mix(ulong hash) => (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9UL;
}
