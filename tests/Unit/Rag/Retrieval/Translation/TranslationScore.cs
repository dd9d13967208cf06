namespace Tessera.Unit.Rag.Retrieval.Translation;

/// <summary>How much a passage promises a question; 0 where it promises none of its words.</summary>
/// <param name="Mixed">By promises and by the question's words themselves, where the passage has them.</param>
/// <param name="Pure">By promises alone.</param>
internal readonly record struct TranslationScore(double Mixed, double Pure);
