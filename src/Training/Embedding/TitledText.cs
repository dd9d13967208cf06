namespace Tessera.Training.Embedding;

/// <summary>A passage of a collection.</summary>
/// <param name="Title">May be empty.</param>
/// <param name="Text">Never empty.</param>
internal sealed record TitledText(string Title, string Text);
