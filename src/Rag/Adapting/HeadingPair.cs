using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>A heading that tells one place from the others, and what stands below it.</summary>
/// <param name="Key">Equal for headings that ask the same.</param>
/// <param name="Question">The heading as a question.</param>
/// <param name="Passages">The chunks below it; one at least.</param>
public sealed record HeadingPair(string Key, string Question, IReadOnlyList<Chunk> Passages);
