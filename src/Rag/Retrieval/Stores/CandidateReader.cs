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
    private readonly Dictionary<string, (float Near, float Kin)> _read = new(StringComparer.Ordinal);
    private readonly List<Term> _terms = [];

    /// <summary>So many are looked at closely, however few are wanted: what is found first must not hang on that.</summary>
    public const int Depth = 200;

    /// <summary>The candidates, best first.</summary>
    public IReadOnlyList<Candidate> Read(IEnumerable<FoundChunk> found, int top) =>
        [.. found.Select(Of).OrderByDescending(candidate => candidate.Score).Take(top)];

    private Candidate Of(FoundChunk found)
    {
        // Copies say the same, and in large collections there are many.
        if (!_read.TryGetValue(found.Chunk.Text, out var said))
        {
            _terms.Clear();
            analyzer.Analyze(found.Chunk.Text, _terms);
            ReadOnlySpan<Term> words = CollectionsMarshal.AsSpan(_terms);
            _read[found.Chunk.Text] = said = (_nearness.In(words), _kinship.In(words));
        }

        var signals = found.Signals with
        {
            Near = said.Near,
            Kin = said.Kin,
            TitleCovered = _titles.Of(found.Hit.Revision.Document.Name, found.Chunk.Path),
        };
        return new Candidate(found.Chunk, CandidateScore.Of(signals), signals);
    }
}
