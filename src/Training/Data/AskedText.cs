using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Training.Data;

/// <summary>What a line's question asks of a passage, as a search will ask it.</summary>
internal static class AskedText
{
    /// <summary>The question without what only names its document: a part of its own before evidence, else the words of the title.</summary>
    public static string Of(TrainingLine line, TextAnalyzer analyzer) => line.Evidence.Count > 0 ? NamingPart.Without(line.Question).ToString()
        : line.Title.Length > 0 ? NamedTitle.Without(line.Question, line.Title, analyzer) ?? line.Question
        : line.Question;
}
