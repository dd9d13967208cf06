namespace Tessera.Inference;

/// <summary>Speed of a model, medians.</summary>
/// <param name="Device">What computed.</param>
/// <param name="PromptTokensPerSecond">Tokens read in a second, up to the first token written.</param>
/// <param name="ReplyTokensPerSecond">Tokens written in a second after the first.</param>
/// <param name="PromptRatio">Of the bare loop's speed in the same round.</param>
/// <param name="ReplyRatio">Of the bare loop's speed in the same round.</param>
public sealed record BenchFigures(string Device, double PromptTokensPerSecond, double ReplyTokensPerSecond, double PromptRatio, double ReplyRatio);
