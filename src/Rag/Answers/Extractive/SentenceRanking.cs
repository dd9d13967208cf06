using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>
/// Scores the sentences of the found passages: the share of the question's idf mass that a sentence covers, some of what its
/// heading and its neighbours cover beyond it, and how well its passage matched. Cues of answer types and closeness of words were
/// measured to be worth less than .01 and are left out.
/// </summary>
internal static class SentenceRanking
{
    /// <summary>Passages that are cut into sentences.</summary>
    public const int Passages = 10;

    private const double HeadingShare = 0.3;
    private const double NeighbourShare = 0.3;
    private const double PassageShare = 0.35;

    /// <summary>Every sentence of the best passages, in the order of passages and text.</summary>
    public static IReadOnlyList<Candidate> Rank(Evidence evidence, IReadOnlyList<Passage> passages, TextAnalysis analysis)
    {
        var candidates = new List<Candidate>();
        for (var rank = 0; rank < Math.Min(passages.Count, Passages); rank++)
        {
            var chunk = passages[rank].Chunk;
            var spans = (analysis == TextAnalysis.Code ? CodeBlocks.Split(chunk.Text) : SentenceSplitter.Split(chunk.Text)).ToList();
            var words = spans.ConvertAll(span => evidence.WordsIn(chunk.Text.AsSpan(span.Start, span.Length)));
            var heading = evidence.WordsIn(chunk.Path);
            var prior = PassageShare * passages[rank].Score / passages[0].Score;
            for (var i = 0; i < spans.Count; i++)
            {
                var own = evidence.Covered(words[i]);
                var beyond = HeadingShare * (evidence.Covered([.. words[i], .. heading]) - own);
                var around = i == 0 ? 0 : NeighbourShare * (evidence.Covered([.. words[i], .. words[i - 1]]) - own);
                candidates.Add(new Candidate(chunk, rank, i, spans[i], own, own + beyond + around + prior));
            }
        }

        return candidates;
    }
}
