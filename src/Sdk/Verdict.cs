namespace Tessera.Sdk;

/// <summary>What an <see cref="IAnswerCheck"/> says of a sentence.</summary>
/// <param name="Passed">Whether the sentence may be shown as checked.</param>
/// <param name="Reason">Why not, in words for the person who asked; null when passed.</param>
public sealed record Verdict(bool Passed, string? Reason)
{
    /// <summary>The sentence stands.</summary>
    public static Verdict Pass { get; } = new(true, null);
}
