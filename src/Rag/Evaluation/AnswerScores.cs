using System.Text.Json.Serialization;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// What a run of answers reached. Means over the answerable questions, where nothing else is said; a wrongly refused question counts as
/// an empty answer.
/// </summary>
/// <param name="ExactMatch">As SQuAD counts: against the evidence where the set has it, else the answers.</param>
/// <param name="F1">Token F1, likewise.</param>
/// <param name="CitationPrecision">Share of all citations that overlap a gold span of their question.</param>
/// <param name="CitationRecall">Share of all gold spans that lie inside citations.</param>
/// <param name="GoldInside">Share of the questions of which a whole gold span lies inside the citations.</param>
/// <param name="RefusalAuc">
/// How often an answerable question's evidence is stronger than an unanswerable one's, ties counted half; null where all are answerable.
/// </param>
/// <param name="RefusalPrecision">Share of the refused questions that no document answers; null where none was refused.</param>
/// <param name="RefusalRecall">Share of the questions that no document answers that were refused; null where all are answerable.</param>
/// <param name="WronglyRefused">Share of the answerable questions that were refused.</param>
/// <param name="Verbatim">Share of all citations that equal the document's text at their place.</param>
/// <param name="Queries">Answerable questions.</param>
/// <param name="LongestAnswer">UTF-16 code units.</param>
public sealed record AnswerScores(
    [property: JsonPropertyName("em")] double ExactMatch,
    [property: JsonPropertyName("f1")] double F1,
    [property: JsonPropertyName("citationPrecision")] double CitationPrecision,
    [property: JsonPropertyName("citationRecall")] double CitationRecall,
    [property: JsonPropertyName("goldInside")] double GoldInside,
    [property: JsonPropertyName("refusalAuc")] double? RefusalAuc,
    [property: JsonPropertyName("refusalPrecision")] double? RefusalPrecision,
    [property: JsonPropertyName("refusalRecall")] double? RefusalRecall,
    [property: JsonPropertyName("wronglyRefused")] double WronglyRefused,
    [property: JsonPropertyName("verbatim")] double Verbatim,
    [property: JsonPropertyName("queries")] int Queries,
    [property: JsonPropertyName("unanswerable")] int Unanswerable,
    [property: JsonPropertyName("mostCitations")] int MostCitations,
    [property: JsonPropertyName("longestAnswer")] int LongestAnswer,
    [property: JsonPropertyName("msP50")] double MsP50);
