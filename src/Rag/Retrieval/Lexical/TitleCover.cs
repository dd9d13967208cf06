using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>How much of titles one question says. For one search.</summary>
internal sealed class TitleCover(ChunkIndex index, QuestionTerms question, TextAnalyzer analyzer)
{
    private readonly HashSet<ulong> _asked = [.. question.Words.Select(word => word.Key)];
    private readonly Dictionary<(string, string), float> _known = [];
    private readonly List<Term> _terms = [];

    /// <summary>The share of the idf of a title's distinct words that stands in the question; 0 for a title without words.</summary>
    public float Of(string name, string path)
    {
        if (!_known.TryGetValue((name, path), out var share))
        {
            _terms.Clear();
            analyzer.Analyze(name, _terms);
            analyzer.Analyze(path, _terms);
            var (said, all) = (0.0, 0.0);
            foreach (var key in _terms.Select(term => term.Key).Distinct())
            {
                var weight = index.Weigh(key);
                all += weight;
                said += _asked.Contains(key) ? weight : 0;
            }

            _known[(name, path)] = share = all > 0 ? (float)(said / all) : 0;
        }

        return share;
    }
}
