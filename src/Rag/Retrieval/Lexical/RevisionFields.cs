using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// What is searched of one revision of one document, written to disk as one blob beside the chunks, so that the index in memory is made
/// without analysing text again: words (of the document's name, the chunk's path and its text), the title's words alone (name and path), and
/// the pieces of all words.
/// </summary>
internal readonly ref struct RevisionFields
{
    private readonly ReadOnlySpan<byte> _words;
    private readonly ReadOnlySpan<byte> _titles;
    private readonly ReadOnlySpan<byte> _grams;

    /// <summary>Takes apart what <see cref="Write"/> wrote.</summary>
    public RevisionFields(ReadOnlySpan<byte> bytes)
    {
        var index = 0;
        _words = Next(bytes, ref index);
        _titles = Next(bytes, ref index);
        _grams = bytes[index..];
    }

    public RevisionTermsReader Words => new(_words);

    public RevisionTermsReader Titles => new(_titles);

    public RevisionTermsReader Grams => new(_grams);

    /// <summary>Analyses a document's chunks.</summary>
    public static byte[] Write(string name, IEnumerable<Chunk> chunks, TextAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var (words, titles, grams) = (new RevisionTerms(), new RevisionTerms(), new RevisionTerms());
        var (terms, keys) = (new List<Term>(), new List<ulong>());
        analyzer.Analyze(name, terms);
        var own = terms.Count;
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            terms.RemoveRange(own, terms.Count - own);
            analyzer.Analyze(chunk.Path, terms);
            Add(titles, keys, terms, pieces: false);
            analyzer.Analyze(chunk.Text, terms);
            Add(words, keys, terms, pieces: false);
            Add(grams, keys, terms, pieces: true);
        }

        return [.. Sized(words.ToBytes()), .. Sized(titles.ToBytes()), .. grams.ToBytes()];
    }

    private static void Add(RevisionTerms field, List<ulong> keys, List<Term> terms, bool pieces)
    {
        keys.Clear();
        foreach (var term in terms)
        {
            if (pieces)
            {
                keys.AddRange(term.Grams);
            }
            else
            {
                keys.Add(term.Key);
            }
        }

        field.Add(CollectionsMarshal.AsSpan(keys));
    }

    private static byte[] Sized(byte[] bytes)
    {
        Span<byte> length = stackalloc byte[Varint.Longest];
        return [.. length[..Varint.Write(length, (uint)bytes.Length)], .. bytes];
    }

    private static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes, scoped ref int index)
    {
        var length = (int)Varint.Read(bytes, ref index);
        index += length;
        return bytes.Slice(index - length, length);
    }
}
