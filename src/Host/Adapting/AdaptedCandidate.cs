using Tessera.Host.Plugins;
using Tessera.Rag;

namespace Tessera.Host.Adapting;

/// <summary>Adapted models that are to be checked.</summary>
/// <param name="Models">The package's, with the adapted ones in their places.</param>
/// <param name="Folder">Where their files lie, and nothing else.</param>
/// <param name="EmbedderKey">The key of their index; null: the package's embedder is theirs.</param>
internal sealed record AdaptedCandidate(DomainModels Models, string Folder, string? EmbedderKey)
{
    /// <summary>Copies files into a folder of their own and reads them as they will be read.</summary>
    public static AdaptedCandidate Make(LoadedPlugin plugin, string folder, string card, string? words, string? table)
    {
        Directory.CreateDirectory(folder);
        foreach (var (from, to) in new[] { (card, "card.json"), (words, AdaptedFiles.Translation), (table, AdaptedFiles.Embedder) })
        {
            if (File.Exists(from))
            {
                File.Copy(from, Path.Combine(folder, to));
            }
        }

        var models = AdaptedModels.Read(name => Path.Combine(folder, name) is var path && File.Exists(path) ? File.ReadAllBytes(path) : (ReadOnlyMemory<byte>?)null, plugin.Profile, plugin.Roles.Models);
        return new AdaptedCandidate(models, folder, table is null ? null : models.Embedder!.Model.Sha256);
    }
}
