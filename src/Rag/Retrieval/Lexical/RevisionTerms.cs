using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// The terms of one revision of one document, chunk by chunk; places are chunk numbers within the document. Written to disk as one
/// blob beside the chunks, so that the index in memory is made without analysing text again.
/// </summary>
internal sealed class RevisionTerms
{
    private readonly Dictionary<ulong, PostingList> _terms = [];
    private readonly List<int> _lengths = [];
    private ulong[] _keys = new ulong[256];

    private RevisionTerms()
    {
    }

    /// <summary>Analyses a document's chunks; its name, the chunk's path and its text are one field.</summary>
    /// <returns>The bytes that <see cref="RevisionTermsReader"/> reads.</returns>
    public static byte[] Of(string name, IEnumerable<Chunk> chunks, TextAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var revision = new RevisionTerms();
        var terms = new List<Term>();
        analyzer.Analyze(name, terms);
        var own = terms.Count;
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            terms.RemoveRange(own, terms.Count - own);
            analyzer.Analyze(chunk.Path, terms);
            analyzer.Analyze(chunk.Text, terms);
            revision.Add(terms);
        }

        return revision.ToBytes();
    }

    private void Add(List<Term> terms)
    {
        if (_keys.Length < terms.Count)
        {
            _keys = new ulong[terms.Count * 2];
        }

        for (var i = 0; i < terms.Count; i++)
        {
            _keys[i] = terms[i].Key;
        }

        var keys = _keys.AsSpan(0, terms.Count);
        keys.Sort();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_terms, keys[start], out _).Add(_lengths.Count, end - start);
        }

        _lengths.Add(terms.Count);
    }

    private byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Span<byte> buffer = stackalloc byte[8];
        Write(stream, buffer, (uint)_lengths.Count);
        foreach (var length in _lengths)
        {
            Write(stream, buffer, (uint)length);
        }

        foreach (var (key, list) in _terms)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, key);
            stream.Write(buffer);
            Write(stream, buffer, (uint)list.Count);
            stream.Write(list.Bytes);
        }

        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, Span<byte> buffer, uint value) =>
        stream.Write(buffer[..Varint.Write(buffer, value)]);
}
