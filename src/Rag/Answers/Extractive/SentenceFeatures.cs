using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What a sentence is scored by. A domain's file of answers names those that it was fitted on.</summary>
internal static class SentenceFeatures
{
    public const int Own = 0;
    public const int Match = 5;
    public const int Promised = 6;
    public const int Vector = 8;

    /// <summary>
    /// In their order: shares of the question's idf mass that the sentence covers, that its headings, the sentence before and the one behind cover
    /// beyond it, and that its passage covers; the passage's match beside the best one's; what the sentence and what its passage promise; how like its
    /// vector is to the question's; the inverse of its passage's rank.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
        ["own", "headings", "before", "behind", "passage", "match", "promised", "promised-passage", "vector", "rank"];

    /// <summary>A row for each sentence of a passage; the vector's place is left 0.</summary>
    /// <param name="sentences">All of the passage.</param>
    /// <param name="chunk">The passage.</param>
    /// <param name="rank">0-based.</param>
    /// <param name="match">The passage's score beside the best one's.</param>
    /// <param name="evidence">What is asked.</param>
    public static float[][] Of(IReadOnlyList<Sentence> sentences, Chunk chunk, int rank, double match, Evidence evidence)
    {
        var whole = evidence.Covered([.. sentences.SelectMany(x => x.Words), .. sentences.SelectMany(x => x.Heading)]);
        var promised = evidence.PromisedBy(chunk.Text);
        var rows = new float[sentences.Count][];
        for (var place = 0; place < rows.Length; place++)
        {
            var sentence = sentences[place];
            var own = evidence.Covered(sentence.Words);
            rows[place] =
            [
                (float)own,
                (float)Beyond(sentence.Heading),
                place > 0 && !sentence.IsClause ? (float)Beyond(sentences[place - 1].Words) : 0,
                place + 1 < rows.Length && !sentences[place + 1].IsClause ? (float)Beyond(sentences[place + 1].Words) : 0,
                (float)whole,
                (float)match,
                (float)evidence.PromisedBy(chunk.Text.AsSpan(sentence.Span.Start, sentence.Span.Length)),
                (float)promised,
                0,
                1f / (1 + rank),
            ];

            double Beyond(HashSet<string> words) => evidence.Covered([.. sentence.Words, .. words]) - own;
        }

        return rows;
    }
}
