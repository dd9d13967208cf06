using System.Text;
using Tessera.Sdk;

namespace Tessera.Inference.Constraints.Quotes;

/// <summary>
/// The sources of a quote as places, each with the byte that a quote which stands there writes next. A run of blanks may be written as one blank or as
/// it stands; a word that a line's end breaks may be written with or without its hyphen; what nobody sees may be left out. Immutable.
/// </summary>
internal sealed class QuoteSources
{
    private const int None = -1;

    private readonly List<Place> places = [];
    private readonly List<int> starts = [];

    public QuoteSources(IReadOnlyList<string> texts, int minimumWords)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Texts = texts;
        var all = new List<(int Place, int WordsLeft)>();
        foreach (var (source, text) in texts.Index())
        {
            Add(source, new WordShape(text), text.Length, all);
        }

        starts.AddRange(all.Where(start => start.WordsLeft >= minimumWords).Select(start => start.Place));
        if (starts.Count == 0)
        {
            starts.AddRange(all.Where(start => start.WordsLeft > 0).Select(start => start.Place));
        }
    }

    public IReadOnlyList<string> Texts { get; }

    /// <summary>Where a quote may begin; empty: there is nothing to quote.</summary>
    public IReadOnlyList<int> Starts => starts;

    public Place this[int place] => places[place];

    /// <summary>Words between two places.</summary>
    public int Words(int start, int end) => places[end].WordsBefore - places[start].WordsBefore;

    // What looks like the closing mark cannot stand in a quote: the text before and behind it are quoted apart.
    private void Add(int source, WordShape shape, int length, List<(int Place, int WordsLeft)> all)
    {
        var from = 0;
        for (var i = 0; i < shape.Count; i++)
        {
            if (IsMark(shape, i, out var behind))
            {
                AddStretch(source, shape, from, i, length, all);
                (from, i) = (behind, behind - 1);
            }
        }

        AddStretch(source, shape, from, shape.Count, length, all);
    }

    private static bool IsMark(WordShape shape, int index, out int behind)
    {
        behind = index;
        foreach (var expected in QuoteLock.Close)
        {
            while (behind > index && behind < shape.Count && shape.IsInvisible(behind))
            {
                behind++;
            }

            if (behind >= shape.Count || shape[behind].Value != expected)
            {
                return false;
            }

            behind++;
        }

        return true;
    }

    private void AddStretch(int source, WordShape shape, int from, int to, int length, List<(int Place, int WordsLeft)> all)
    {
        var (words, first) = (0, all.Count);
        while (to > from && shape.IsBlank(to - 1))
        {
            to--;
        }

        for (var i = from; i < to; i++)
        {
            if (shape.IsBlank(i))
            {
                i = AddBlanks(source, shape, i, to, words);
                continue;
            }

            if (shape.Begins(i))
            {
                all.Add((places.Count, words));
            }

            AddRune(source, shape, i, to, words);
            words += shape.BeginsWord(i) ? 1 : 0;
        }

        places.Add(new Place(source, to == shape.Count ? length : shape.At(to), 0, None, None, CanEnd: to > from, IsEnd: true, words));
        for (var i = first; i < all.Count; i++)
        {
            all[i] = (all[i].Place, words - all[i].WordsLeft);
        }
    }

    private void AddRune(int source, WordShape shape, int index, int last, int words)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = shape[index].EncodeToUtf8(bytes);
        var from = places.Count;
        // Left out whole: an unseen character, or a line's hyphen with the blanks behind it.
        var skip = shape.IsInvisible(index) ? from + count
            : shape.IsLineHyphen(index, out var next) && next < last ? from + count + BlankPlaces(shape, index + 1, next) : None;
        for (var i = 0; i < count; i++)
        {
            places.Add(new Place(
                source, shape.At(index), bytes[i], places.Count + 1, i == 0 ? skip : None, CanEnd: i == 0 && shape.EndsBefore(index), IsEnd: false, words));
        }
    }

    // One blank, or the run as it stands; behind a line's hyphen, or nothing. Returns the run's last rune.
    private int AddBlanks(int source, WordShape shape, int index, int last, int words)
    {
        var next = index;
        while (next < last && shape.IsBlank(next))
        {
            next++;
        }

        var (from, raw) = (places.Count, RawBlanks(shape, index, next));
        var behind = from + BlankPlaces(shape, index, next);
        var mayGo = next < last && index > 0 && shape.IsLineHyphen(index - 1, out _);
        var canEnd = shape.EndsBefore(index);
        places.Add(new Place(source, shape.At(index), (byte)' ', behind, raw.Length > 0 ? from + 1 : mayGo ? behind : None, canEnd, IsEnd: false, words));
        for (var i = 0; i < raw.Length; i++)
        {
            places.Add(new Place(
                source, shape.At(index), raw[i], i == raw.Length - 1 ? behind : places.Count + 1, i == 0 && mayGo ? behind : None, CanEnd: false, IsEnd: false, words));
        }

        return next - 1;
    }

    private static int BlankPlaces(WordShape shape, int from, int to) => 1 + RawBlanks(shape, from, to).Length;

    // Empty where the run is one plain blank already.
    private static byte[] RawBlanks(WordShape shape, int from, int to)
    {
        var raw = string.Concat(Enumerable.Range(from, to - from).Select(i => shape[i].ToString()));
        return raw == " " ? [] : Encoding.UTF8.GetBytes(raw);
    }

    /// <summary>A place in a source.</summary>
    /// <param name="Source">Which source.</param>
    /// <param name="At">Offset of its character, UTF-16 code units.</param>
    /// <param name="Value">The byte that is written here.</param>
    /// <param name="Next">The place behind it.</param>
    /// <param name="Instead">A place where the quote may stand as well, without writing; -1: none.</param>
    /// <param name="CanEnd">Whether a quote may end before it.</param>
    /// <param name="IsEnd">The source's end: nothing is written here.</param>
    /// <param name="WordsBefore">Words of the source that begin before it.</param>
    internal readonly record struct Place(int Source, int At, byte Value, int Next, int Instead, bool CanEnd, bool IsEnd, int WordsBefore);
}
