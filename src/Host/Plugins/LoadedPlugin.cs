using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>A domain that is ready to work. Stays usable for whoever holds it after it was removed or upgraded.</summary>
/// <param name="Manifest">What was signed.</param>
/// <param name="Roles">What the module named.</param>
/// <param name="PackageSha256">Lower-case hex of the package that its code comes from.</param>
/// <param name="PublisherKeyId">Whose signature it bears.</param>
/// <param name="Bundled">A package of its id came with the host: tenants have it unless they switch it off.</param>
internal sealed record LoadedPlugin(
    PluginManifest Manifest, DomainRoles Roles, string PackageSha256, string PublisherKeyId, bool Bundled)
{
    /// <summary>What the domain says of itself.</summary>
    public DomainProfile Profile => Roles.Profile;

    /// <summary>What its code was loaded into; null where it was not loaded from a package.</summary>
    public PluginLoadContext? Context { get; init; }
}
