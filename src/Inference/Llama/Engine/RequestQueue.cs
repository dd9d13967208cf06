using Tessera.Sdk;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// Replies that wait for a slot, a line for each tenant. The next one is of the tenant with the fewest replies at work, then of the one that
/// was served longest ago. Safe for concurrent use.
/// </summary>
/// <param name="most">Most that wait together; one tenant takes at most three quarters of them.</param>
internal sealed class RequestQueue(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, Queue<Generation>> lines = [];
    private readonly Dictionary<TenantId, long> served = [];
    private long turns;
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>False: too many wait already.</summary>
    public bool TryAdd(Generation generation)
    {
        var tenant = generation.Request.Owner.Tenant;
        lock (gate)
        {
            if (!lines.TryGetValue(tenant, out var line))
            {
                lines[tenant] = line = new Queue<Generation>();
            }

            if (count >= most || line.Count >= Math.Max(1, most * 3 / 4))
            {
                return false;
            }

            line.Enqueue(generation);
            count++;
            return true;
        }
    }

    /// <summary>Takes the next one; null when none waits.</summary>
    /// <param name="atWork">How many replies of a tenant are being written.</param>
    public Generation? Take(Func<TenantId, int> atWork)
    {
        lock (gate)
        {
            foreach (var empty in lines.Where(line => line.Value.Count == 0).Select(line => line.Key).ToList())
            {
                lines.Remove(empty);
            }

            if (lines.Count == 0)
            {
                return null;
            }

            var tenant = lines.Keys.MinBy(key => (atWork(key), served.GetValueOrDefault(key)));
            count--;
            var next = lines[tenant].Dequeue();
            served[tenant] = ++turns;
            Forget();
            return next;
        }
    }

    // Only the order among those who wait counts; tenants that are gone need no memory.
    private void Forget()
    {
        if (served.Count > 1000)
        {
            foreach (var gone in served.OrderBy(pair => pair.Value).Take(500).Select(pair => pair.Key).ToList())
            {
                served.Remove(gone);
            }
        }
    }
}
