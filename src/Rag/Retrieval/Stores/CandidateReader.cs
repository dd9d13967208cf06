using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Makes candidates of what an index found, with the signals that need a chunk's text. For one search.</summary>
internal sealed class CandidateReader(ChunkIndex index, QuestionTerms terms, TextAnalyzer analyzer)
{
    private readonly TitleCover _titles = new(index, terms, analyzer);
    private readonly Nearness _nearness = new([.. terms.Asked.Select(term => term.Key)], index.Weigh);
    private readonly Kinship _kinship = new(terms.Asked, terms.WordVectors, index.Weigh);
    private readonly List<Term> _terms = [];

    /// <summary>So many are looked at closely, however few are wanted: what is found first must not hang on that.</summary>
    public const int Depth = 200;

    /// <summary>The candidates, best first.</summary>
    public IReadOnlyList<Candidate> Read(IEnumerable<FoundChunk> found, int top) =>
        [.. found.Select(Of).OrderByDescending(candidate => candidate.Score).Take(top)];

    private Candidate Of(FoundChunk found)
    {
        _terms.Clear();
        analyzer.Analyze(found.Chunk.Text, _terms);
        ReadOnlySpan<Term> words = CollectionsMarshal.AsSpan(_terms);
        var signals = found.Signals with
        {
            Near = _nearness.In(words),
            Kin = _kinship.In(words),
            TitleCovered = _titles.Of(found.Hit.Revision.Document.Name, found.Chunk.Path),
        };
        return new Candidate(found.Chunk, CandidateScore.Of(signals), signals);
    }
}
