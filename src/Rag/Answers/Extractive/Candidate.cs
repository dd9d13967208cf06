using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>A sentence (of code: a block) that could be a part of the answer.</summary>
/// <param name="Chunk">The passage it stands in.</param>
/// <param name="Rank">0-based place of the passage.</param>
/// <param name="Place">0-based place among the passage's sentences, headings aside.</param>
/// <param name="Span">Where it stands in the passage's text.</param>
/// <param name="Coverage">Share of the question's idf mass that it covers with the headings above it, 0 to 1.</param>
/// <param name="Score">What it is picked by; higher is better.</param>
internal sealed record Candidate(Chunk Chunk, int Rank, int Place, TextSpan Span, double Coverage, double Score)
{
    public string Text => Chunk.Text[Span.Start..Span.End];
}
