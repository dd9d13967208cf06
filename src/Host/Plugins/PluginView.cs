using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>An installed domain as administrators see it.</summary>
/// <param name="State">Active, Refused or Failed.</param>
/// <param name="Reason">Why it is not active.</param>
/// <param name="Bundled">Came with the host.</param>
/// <param name="Publisher">Name of the pinned key that signed it; null where that key is not pinned any more.</param>
/// <param name="Sha256">Of the package, lower-case hex.</param>
internal sealed record PluginView(
    string Id, string? Name, string? Description, string Version, string State, string? Reason, bool Bundled,
    string? Publisher, string PublisherKeyId, string Sha256, IReadOnlyList<string> Permissions, DateTimeOffset InstalledAt);

/// <summary>Makes views of rows, with what is loaded where it is.</summary>
internal sealed class PluginViews(LoadedPlugins plugins, PublisherKeys publishers)
{
    public PluginView Of(InstalledPlugin row)
    {
        var manifest = plugins.Find(row.DomainId)?.Manifest;
        return new PluginView(
            row.DomainId, manifest?.Name, manifest?.Description, row.Version, row.State.ToString(), row.Reason, row.Bundled,
            publishers.Find(row.PublisherKeyId)?.Name, row.PublisherKeyId, row.PackageSha256, manifest?.Permissions ?? [], row.InstalledAt);
    }
}
