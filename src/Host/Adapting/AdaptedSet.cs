namespace Tessera.Host.Adapting;

/// <summary>Adapted models that are on the disk.</summary>
/// <param name="Hash">Names their files.</param>
/// <param name="PackageSha256">The package whose models they go on from.</param>
/// <param name="EmbedderKey">The key of their index; null: the package's embedder is theirs.</param>
/// <param name="InUse">They take the place of the package's; else they are here for an index that is still the active one.</param>
internal sealed record AdaptedSet(string Hash, string PackageSha256, string? EmbedderKey, bool InUse);
