using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Indexing;
using System.Numerics.Tensors;
using Microsoft.Data.Sqlite;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Makes candidates of what an index found, with the signals that need a chunk's text or exact vector. For one search.</summary>
internal sealed class CandidateReader(ChunkIndex index, SqliteConnection connection, QuestionTerms terms, TextAnalyzer analyzer)
{
    private readonly TitleCover _titles = new(index, terms, analyzer);
    private readonly Nearness _nearness = new([.. terms.Asked.Select(term => term.Key)], index.Weigh);
    private readonly Kinship _kinship = new(terms.Asked, terms.WordVectors, index.Weigh);
    private readonly List<Term> _terms = [];

    /// <summary>So many are looked at closely, however few are wanted: what is found first must not hang on that.</summary>
    public const int Depth = 200;

    /// <summary>The candidates, best first.</summary>
    public IReadOnlyList<Candidate> Read(IReadOnlyList<Hit> hits, int top)
    {
        using var command = ChunkRows.OneCommand(connection);
        return [.. hits.Select(hit => Of(hit, command)).OrderByDescending(candidate => candidate.Score).Take(top)];
    }

    private Candidate Of(Hit hit, SqliteCommand command)
    {
        var (chunk, vector) = ChunkRows.ReadOne(command, hit.Revision.Row, hit.Chunk, hit.Revision.Document.Id);
        var exact = vector.IsEmpty || terms.Vector.IsEmpty ? hit.Scaled : hit.WithLikeness(TensorPrimitives.Dot(terms.Vector.Span, vector.Span));
        _terms.Clear();
        analyzer.Analyze(chunk.Text, _terms);
        ReadOnlySpan<Term> words = CollectionsMarshal.AsSpan(_terms);
        var signals = exact with { Near = _nearness.In(words), Kin = _kinship.In(words), TitleCovered = _titles.Of(hit.Revision.Document.Name, chunk.Path) };
        return new Candidate(chunk, CandidateScore.Of(signals), signals);
    }
}
