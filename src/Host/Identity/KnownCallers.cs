using System.Collections.Concurrent;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>
/// Whose the keys are that were good a while ago: enough to know whose queue a request stands in, not to let anybody in. A key is one tenant's for ever.
/// Safe for concurrent use.
/// </summary>
internal sealed class KnownCallers
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, TenantId> tenants = new(StringComparer.Ordinal);

    /// <summary>The tenant; null where the key is not known.</summary>
    public TenantId? Find(string key) => tenants.TryGetValue(NameOf(key), out var tenant) ? tenant : null;

    public void Learn(string key, TenantId tenant)
    {
        if (tenants.Count >= Most)
        {
            tenants.Clear();
        }

        tenants[NameOf(key)] = tenant;
    }

    /// <summary>It is good no longer, and must not stand in anybody's queue.</summary>
    public void Forget(string key) => tenants.TryRemove(NameOf(key), out _);

    // No key stays in memory.
    private static string NameOf(string key) => Convert.ToBase64String(KeyText.Hash(key));
}
