using Tessera.Rag.Answers.Extractive;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Training.Answers;

/// <summary>A question with the sentences that it found.</summary>
/// <param name="Case">What was asked.</param>
/// <param name="Found">The passages.</param>
/// <param name="Candidates">Their sentences; at least one.</param>
/// <param name="Right">Which of them answer.</param>
internal sealed record AnswerExample(AnswerCase Case, IReadOnlyList<Found> Found, IReadOnlyList<Candidate> Candidates, bool[] Right);
