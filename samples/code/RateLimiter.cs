using System.Collections.Concurrent;

namespace Harbour.Gateway;

/// <summary>
/// Refuses clients that call too often. A client may make 120 calls in a minute before the rate limiter refuses;
/// platform partners may make 600.
/// </summary>
public sealed class RateLimiter(TimeProvider clock)
{
    private const int CallsPerMinute = 120;
    private const int PartnerCallsPerMinute = 600;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <summary>Counts one call. False when the client has used up its window; the caller answers 429 with a Retry-After header.</summary>
    public bool TryEnter(string clientKey, bool isPartner)
    {
        var counter = _counters.GetOrAdd(clientKey, _ => new Counter(clock.GetTimestamp()));
        lock (counter)
        {
            if (clock.GetElapsedTime(counter.Since) >= Window)
            {
                counter.Since = clock.GetTimestamp();
                counter.Calls = 0;
            }

            return ++counter.Calls <= (isPartner ? PartnerCallsPerMinute : CallsPerMinute);
        }
    }

    /// <summary>Forgets clients that have been silent for ten minutes, so that the table of counters does not grow for ever.</summary>
    public int Sweep()
    {
        var removed = 0;
        foreach (var (key, counter) in _counters)
        {
            if (clock.GetElapsedTime(counter.Since) > TimeSpan.FromMinutes(10) && _counters.TryRemove(key, out _))
            {
                removed++;
            }
        }

        return removed;
    }

    private sealed class Counter(long since)
    {
        public long Since { get; set; } = since;

        public int Calls { get; set; }
    }
}
