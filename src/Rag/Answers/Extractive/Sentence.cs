using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>A sentence of a passage (of code: a block), headings aside, as one question sees it.</summary>
/// <param name="Span">Where it stands in the chunk's text.</param>
/// <param name="Words">Which of the question's words it holds.</param>
/// <param name="Heading">Which of them stand in the headings above it.</param>
/// <param name="IsClause">It begins a numbered clause: what stands before is another matter.</param>
internal sealed record Sentence(TextSpan Span, HashSet<string> Words, HashSet<string> Heading, bool IsClause)
{
    /// <summary>A chunk's sentences in their order; headings lend their words to what follows.</summary>
    public static IReadOnlyList<Sentence> Cut(Chunk chunk, Evidence evidence, TextAnalysis analysis)
    {
        var isCode = analysis == TextAnalysis.Code;
        var trail = evidence.WordsIn(chunk.Path);
        var heading = trail;
        var sentences = new List<Sentence>();
        foreach (var span in isCode ? CodeBlocks.Split(chunk.Text) : SentenceSplitter.Split(chunk.Text))
        {
            var text = chunk.Text.AsSpan(span.Start, span.Length);
            var words = evidence.WordsIn(text);
            if (!isCode && Headings.IsHeading(chunk.Text, span))
            {
                heading = [.. trail, .. words];
            }
            else
            {
                sentences.Add(new Sentence(span, words, heading, !isCode && LineStart.IsClause(text)));
            }
        }

        return sentences;
    }
}
