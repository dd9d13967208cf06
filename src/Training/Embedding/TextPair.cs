namespace Tessera.Training.Embedding;

/// <summary>Two texts that belong together, as places in the list of texts.</summary>
internal readonly record struct TextPair(int Left, int Right);
