using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>A sentence (of code: a block) that could be a part of the answer.</summary>
/// <param name="Chunk">The passage it stands in.</param>
/// <param name="Rank">0-based place of the passage; chunks that stand around passages come behind all of these.</param>
/// <param name="Place">0-based place among the passage's sentences, headings aside.</param>
/// <param name="Span">Where it stands in the passage's text.</param>
/// <param name="Coverage">Share of the question's idf mass that it covers with the headings above it, 0 to 1.</param>
/// <param name="Score">How likely it is the answer beside the best one, which has 1; 0: nothing speaks for it.</param>
internal sealed record Candidate(Chunk Chunk, int Rank, int Place, TextSpan Span, double Coverage, double Score)
{
    /// <summary>What it was scored by, in the order of <see cref="SentenceFeatures.Names"/>.</summary>
    public float[] Features { get; init; } = [];

    public string Text => Chunk.Text[Span.Start..Span.End];
}
