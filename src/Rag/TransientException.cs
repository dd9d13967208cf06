namespace Tessera.Rag;

/// <summary>A fault that may pass: the work is tried again.</summary>
public sealed class TransientException(string message, Exception? inner = null) : Exception(message, inner);
