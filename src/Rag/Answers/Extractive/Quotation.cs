using System.Text;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Picked stretches → sentences with citations. A citation is the document's own characters; a sentence of prose is shown on one line.</summary>
internal static class Quotation
{
    /// <summary>The answer's text, its sentences and citations; a stretch is one citation, whatever its sentences.</summary>
    public static (string Text, List<AnswerSentence> Sentences, List<Citation> Citations) Of(
        IReadOnlyList<IReadOnlyList<Candidate>> stretches, TextAnalysis analysis)
    {
        var text = new StringBuilder();
        var sentences = new List<AnswerSentence>();
        var citations = new List<Citation>();
        foreach (var stretch in stretches)
        {
            var chunk = stretch[0].Chunk;
            var (start, end) = (stretch[0].Span.Start, stretch[^1].Span.End);
            foreach (var candidate in stretch)
            {
                text.Append(text.Length == 0 ? "" : analysis == TextAnalysis.Code ? "\n" : " ");
                var from = text.Length;
                text.Append(analysis == TextAnalysis.Code ? candidate.Text : OneLine(candidate.Text));
                sentences.Add(new AnswerSentence(text.ToString(from, text.Length - from), from, text.Length, [citations.Count]));
            }

            citations.Add(new Citation(chunk.Document, chunk.Page, chunk.Path, chunk.Start + start, chunk.Start + end, chunk.Text[start..end]));
        }

        return (text.ToString(), sentences, citations);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
