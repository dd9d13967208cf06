using System.Collections.Immutable;

namespace Tessera.Host.Plugins;

/// <summary>The domains that are active now. Safe for concurrent use; what is read is a snapshot.</summary>
internal sealed class LoadedPlugins
{
    private ImmutableSortedDictionary<string, LoadedPlugin> plugins =
        ImmutableSortedDictionary.Create<string, LoadedPlugin>(StringComparer.Ordinal);

    private ImmutableHashSet<string> bundled = [];

    /// <summary>All of them, ordered by id.</summary>
    public IReadOnlyCollection<LoadedPlugin> Active => [.. Volatile.Read(ref plugins).Values];

    /// <summary>The plugin of a domain, or null.</summary>
    public LoadedPlugin? Find(string domain) => Volatile.Read(ref plugins).GetValueOrDefault(domain);

    /// <summary>Whether a package of this id came with the host; so tenants have it unless they switch it off, also in a later version.</summary>
    public bool CameWithHost(string domain) => Volatile.Read(ref bundled).Contains(domain);

    /// <summary>Says which came with the host; before any is put.</summary>
    internal void SetBundled(IEnumerable<string> domains) => Volatile.Write(ref bundled, [.. domains]);

    /// <summary>Makes a plugin the one of its domain; returns the one it took the place of.</summary>
    internal LoadedPlugin? Put(LoadedPlugin plugin)
    {
        LoadedPlugin? before = null;
        ImmutableInterlocked.Update(ref plugins, current =>
        {
            before = current.GetValueOrDefault(plugin.Manifest.Id);
            return current.SetItem(plugin.Manifest.Id, plugin);
        });
        return before;
    }

    /// <summary>Takes a domain away; returns what was there.</summary>
    internal LoadedPlugin? Remove(string domain)
    {
        LoadedPlugin? before = null;
        ImmutableInterlocked.Update(ref plugins, current =>
        {
            before = current.GetValueOrDefault(domain);
            return current.Remove(domain);
        });
        return before;
    }
}
