namespace Tessera.Training.Data;

/// <summary>What there is to learn from cannot be read. The message names the file and the line, and is shown as it is.</summary>
internal sealed class TrainingDataException(string message, Exception? inner = null) : Exception(message, inner);
