namespace Tessera.Rag.Evaluation;

/// <summary>An evaluation set cannot be read; the message says which line and why.</summary>
public sealed class EvaluationDataException(string message, Exception? inner = null) : Exception(message, inner);
