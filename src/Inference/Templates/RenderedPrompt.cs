namespace Tessera.Inference.Templates;

/// <summary>A prompt as a template wrote it.</summary>
/// <param name="Parts">In order; joined they are the prompt. Neighbours differ in trust.</param>
public sealed record RenderedPrompt(IReadOnlyList<PromptPart> Parts);
