using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;
using Tessera.Inference;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>
/// Which models a domain has for a tenant: its package's, or those that were adapted to the tenant. Read from the disk when they are asked for, and let
/// go when nobody asked for a while. What another host changed is known here within seconds. Safe for concurrent use.
/// </summary>
internal sealed partial class AdaptedModels(AdaptedFiles files, ILogger<AdaptedModels> logger) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(TenantId, string), IReadOnlyList<AdaptedSet>> known = [];
    private readonly MemoryCache loaded = new(new MemoryCacheOptions());

    /// <summary>Says which adapted sets a domain of a tenant has; at most one of them is in use.</summary>
    public void Put(TenantId tenant, string domain, IReadOnlyList<AdaptedSet> sets)
    {
        if (sets.Count == 0)
        {
            known.TryRemove((tenant, domain), out _);
        }
        else
        {
            known[(tenant, domain)] = sets;
        }
    }

    /// <summary>The domains of a tenant that have some.</summary>
    public IReadOnlyList<string> DomainsOf(TenantId tenant) => [.. known.Keys.Where(key => key.Item1 == tenant).Select(key => key.Item2)];

    /// <summary>Forgets a tenant.</summary>
    public void Drop(TenantId tenant)
    {
        foreach (var (key, _) in known.Where(x => x.Key.Item1 == tenant))
        {
            known.TryRemove(key, out _);
        }
    }

    /// <summary>The key of the index that a package's own models want.</summary>
    public static string KeyOf(LoadedPlugin plugin) => KeyOf(plugin.Roles.Models);

    /// <summary>The key of the index that the tenant's models of a domain want.</summary>
    public string KeyOf(TenantId tenant, LoadedPlugin plugin) => KeyOf(plugin, InUse(tenant, plugin));

    /// <summary>The models that the tenant is to have.</summary>
    public DomainModels Of(TenantId tenant, LoadedPlugin plugin) => InUse(tenant, plugin) is { } set ? Read(tenant, plugin, set) : plugin.Roles.Models;

    /// <summary>The models that go with an index, while it is the active one; null where they are not here.</summary>
    public DomainModels? Find(TenantId tenant, LoadedPlugin plugin, string key)
    {
        var models = KeyOf(tenant, plugin) == key ? Of(tenant, plugin)
            : KeyOf(plugin) == key ? plugin.Roles.Models
            : SetsOf(tenant, plugin).FirstOrDefault(set => set.EmbedderKey == key) is { } set ? Read(tenant, plugin, set)
            : null;

        // Whatever was read: vectors of another embedder are not this index's.
        return models is not null && KeyOf(models) == key ? models : null;
    }

    public void Dispose() => loaded.Dispose();

    /// <summary>Models of files: the package's, with those that were adapted in their places.</summary>
    /// <exception cref="PermanentException">A file is no translation model of this domain.</exception>
    /// <exception cref="ModelException">A file is no embedder.</exception>
    public static DomainModels Read(Func<string, ReadOnlyMemory<byte>?> file, DomainProfile profile, DomainModels shipped) => shipped with
    {
        Translation = file(AdaptedFiles.Translation) is { } words ? TranslationModel.Read(words.Span, TextAnalyzer.For(profile.Analysis)) : shipped.Translation,
        Embedder = file(AdaptedFiles.Embedder) is { } table ? DomainEmbedder.Of(table, $"{profile.Id}-adapted", StaticEmbedder.Load) : shipped.Embedder,
    };

    private static string KeyOf(DomainModels models) => models.Embedder?.Model.Sha256 ?? DomainIndex.WithoutVectors;

    private static string KeyOf(LoadedPlugin plugin, AdaptedSet? set) => set?.EmbedderKey ?? KeyOf(plugin);

    private AdaptedSet? InUse(TenantId tenant, LoadedPlugin plugin) => SetsOf(tenant, plugin).FirstOrDefault(set => set.InUse);

    private IEnumerable<AdaptedSet> SetsOf(TenantId tenant, LoadedPlugin plugin) =>
        known.GetValueOrDefault((tenant, plugin.Manifest.Id))?.Where(set => set.PackageSha256 == plugin.PackageSha256) ?? [];

    // Damage that came after the start's look: the package's models answer, and the next start goes back to them for good.
    private DomainModels Read(TenantId tenant, LoadedPlugin plugin, AdaptedSet set)
    {
        try
        {
            return loaded.GetOrCreate((tenant, plugin.Manifest.Id, set.Hash, plugin.PackageSha256), entry =>
            {
                entry.SlidingExpiration = Idle;
                return Read(name => files.Read(tenant, plugin.Manifest.Id, set.Hash, name), plugin.Profile, plugin.Roles.Models);
            })!;
        }
        catch (Exception damage) when (damage is PermanentException or ModelException or IOException)
        {
            LogDamaged(logger, damage, plugin.Manifest.Id);
            Put(tenant, plugin.Manifest.Id, [.. SetsOf(tenant, plugin).Where(other => other.Hash != set.Hash)]);
            return plugin.Roles.Models;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Adapted models of domain {Domain} cannot be read; the package's are used")]
    private static partial void LogDamaged(ILogger logger, Exception damage, string domain);
}
