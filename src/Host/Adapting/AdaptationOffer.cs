using System.Globalization;
using Tessera.Host.Plugins;
using Tessera.Rag.Adapting;

namespace Tessera.Host.Adapting;

/// <summary>Whether a domain's models can be adapted to the current tenant.</summary>
internal sealed class AdaptationOffer(AdaptationMaterial material)
{
    /// <summary>How many headings there are, and why adapting is not offered; null where it is.</summary>
    public async Task<(int Headings, string? Reason)> LookAsync(LoadedPlugin plugin, CancellationToken cancellationToken)
    {
        var headings = await material.CountAsync(plugin.Manifest.Id, plugin.Profile.Analysis, cancellationToken);
        return (headings, plugin.Roles.Models is { Translation: null, Embedder: null } ? "This domain's package has no models that could be adapted."
            : headings < HeadingSplit.Needed ? TooFew(headings)
            : null);
    }

    private static string TooFew(int headings) => string.Create(
        CultureInfo.InvariantCulture,
        $"Your documents have {headings} titles and headings of their own; {HeadingSplit.Needed} are needed, half to learn from and half to check by. Add documents with headings.");
}
