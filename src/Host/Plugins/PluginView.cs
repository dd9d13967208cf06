using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>An installed domain as administrators see it.</summary>
/// <param name="State">Active, Refused or Failed.</param>
/// <param name="Reason">Why it is not active.</param>
/// <param name="Bundled">Came with the host.</param>
/// <param name="Publisher">Name of the pinned key that signed it; null where that key is not pinned any more.</param>
/// <param name="Sha256">Of the package, lower-case hex.</param>
/// <param name="InstalledAt">Null in views for those who may not manage packages.</param>
internal sealed record PluginView(
    string Id, string? Name, string? Description, string Version, string State, string? Reason, bool Bundled,
    string? Publisher, string PublisherKeyId, string Sha256, IReadOnlyList<string> Permissions, DateTimeOffset? InstalledAt);

/// <summary>Makes views of rows, with what is loaded where it is.</summary>
internal sealed class PluginViews(LoadedPlugins plugins, PublisherKeys publishers)
{
    /// <summary>An active domain, for those who may switch it on and off.</summary>
    public PluginView Of(LoadedPlugin plugin) => new(
        plugin.Manifest.Id, plugin.Manifest.Name, plugin.Manifest.Description, plugin.Manifest.Version, nameof(PluginState.Active), null, plugin.Bundled,
        publishers.Find(plugin.PublisherKeyId)?.Name, plugin.PublisherKeyId, plugin.PackageSha256, plugin.Manifest.Permissions, null);

    public PluginView Of(InstalledPlugin row)
    {
        var manifest = plugins.Find(row.DomainId)?.Manifest;
        return new PluginView(
            row.DomainId, manifest?.Name, manifest?.Description, row.Version, row.State.ToString(), row.Reason, row.Bundled,
            publishers.Find(row.PublisherKeyId)?.Name, row.PublisherKeyId, row.PackageSha256, manifest?.Permissions ?? [], row.InstalledAt);
    }
}
