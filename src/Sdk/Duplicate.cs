namespace Tessera.Sdk;

/// <summary>A passage that is folded under one that is shown.</summary>
/// <param name="Chunk">Where it stands.</param>
/// <param name="IsSame">The shown one says all that it says, word for word; letter case, punctuation, clause numbers and layout aside.</param>
/// <param name="Adds">Words that it has and the shown one has not, lower case, in its order; empty where it is the same.</param>
/// <param name="Lacks">Words that the shown one has and it has not, lower case, in their order; empty where it is the same.</param>
public sealed record Duplicate(Chunk Chunk, bool IsSame, IReadOnlyList<string> Adds, IReadOnlyList<string> Lacks)
{
    /// <summary>One that says the same.</summary>
    public static Duplicate Same(Chunk chunk) => new(chunk, true, [], []);
}
