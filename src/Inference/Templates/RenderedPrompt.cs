namespace Tessera.Inference.Templates;

/// <summary>A prompt as a template wrote it.</summary>
/// <param name="Parts">In order; joined they are the prompt.</param>
public sealed record RenderedPrompt(IReadOnlyList<PromptPart> Parts);
