using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>
/// Scores the sentences of the found passages: the share of the question's idf mass that a sentence covers, some of what its headings
/// and its neighbours cover beyond it, how much its passage covers as a whole, and how well the passage matched. The shares were
/// chosen on xquad-en, covidqa, cuad and policyqa together. Cues of answer types, closeness of words, and idf among the found
/// sentences moved no set by more than .02 and some down: left out.
/// </summary>
internal static class SentenceRanking
{
    /// <summary>Passages that are cut into sentences.</summary>
    public const int Passages = 10;

    private const double HeadingShare = 0.5;
    private const double NeighbourShare = 0.4;
    private const double PassageShare = 0.4;
    private const double MatchShare = 0.3;

    /// <summary>Every sentence of the best passages, in the order of passages and text; headings lend their words to what follows.</summary>
    public static IReadOnlyList<Candidate> Rank(Evidence evidence, IReadOnlyList<Passage> passages, TextAnalysis analysis)
    {
        var candidates = new List<Candidate>();
        foreach (var (rank, passage) in passages.Take(Passages).Index())
        {
            var sentences = Cut(passage.Chunk, evidence, analysis);
            var whole = PassageShare * evidence.Covered([.. sentences.SelectMany(x => x.Words), .. sentences.SelectMany(x => x.Heading)]);
            var match = MatchShare * passage.Score / passages[0].Score;
            for (var place = 0; place < sentences.Count; place++)
            {
                var sentence = sentences[place];
                var own = evidence.Covered(sentence.Words);
                var score = own + whole + match
                    + (HeadingShare * Beyond(sentence.Heading))
                    + (place > 0 && !sentence.IsClause ? NeighbourShare * Beyond(sentences[place - 1].Words) : 0)
                    + (place + 1 < sentences.Count && !sentences[place + 1].IsClause ? NeighbourShare * Beyond(sentences[place + 1].Words) : 0);
                candidates.Add(new Candidate(passage.Chunk, rank, place, sentence.Span, own + Beyond(sentence.Heading), score));

                double Beyond(HashSet<string> words) => evidence.Covered([.. sentence.Words, .. words]) - own;
            }
        }

        return candidates;
    }

    private static List<Sentence> Cut(Chunk chunk, Evidence evidence, TextAnalysis analysis)
    {
        var isCode = analysis == TextAnalysis.Code;
        var trail = evidence.WordsIn(chunk.Path);
        var heading = trail;
        var sentences = new List<Sentence>();
        foreach (var span in isCode ? CodeBlocks.Split(chunk.Text) : SentenceSplitter.Split(chunk.Text))
        {
            var words = evidence.WordsIn(chunk.Text.AsSpan(span.Start, span.Length));
            if (!isCode && Headings.IsHeading(chunk.Text, span))
            {
                heading = [.. trail, .. words];
            }
            else
            {
                sentences.Add(new Sentence(span, words, heading, !isCode && LineStart.IsClause(chunk.Text.AsSpan(span.Start, span.Length))));
            }
        }

        return sentences;
    }

    /// <param name="Span">Where it stands in the chunk's text.</param>
    /// <param name="Words">Which of the question's words it holds.</param>
    /// <param name="Heading">Which of them stand in the headings above it.</param>
    /// <param name="IsClause">It begins a numbered clause: what stands before is another matter.</param>
    private sealed record Sentence(TextSpan Span, HashSet<string> Words, HashSet<string> Heading, bool IsClause);
}
