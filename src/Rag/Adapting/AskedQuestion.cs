using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>A question of the administrator's own, and what answers it.</summary>
/// <param name="Text">As a person asks it.</param>
/// <param name="Answers">Whether a chunk does.</param>
public sealed record AskedQuestion(string Text, Func<Chunk, bool> Answers);
