namespace Tessera.Inference.Llama.Chat;

/// <summary>A prompt as the engine reads it.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Shared">So many from the start are the domain's fixed instructions.</param>
internal sealed record PromptPlan(IReadOnlyList<int> Tokens, int Shared);
