using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// Searches take a processor each, so no more of them run than there are processors, and one. That one is kept for a tenant which has none running: a
/// tenant with a thousand searches does not keep another's one waiting. Of those that wait, the tenant with the fewest running comes first, then the one
/// that was served longest ago. Safe for concurrent use.
/// </summary>
internal sealed class SearchTurns(int processors)
{
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, Queue> tenants = [];
    private int running;
    private long served;

    /// <summary>Waits for a turn; disposing ends it.</summary>
    public async Task<IDisposable> TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var wish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!tenants.TryGetValue(tenant, out var own))
            {
                tenants[tenant] = own = new Queue();
            }

            own.Waiting.AddLast(wish);
            LetIn();
        }

        try
        {
            await wish.Task.WaitAsync(cancellationToken);
            return new Turn(this, tenant);
        }
        catch
        {
            End(tenant, wish);
            throw;
        }
    }

    private void LetIn()
    {
        while (running <= processors && Next() is { } next)
        {
            running++;
            next.Running++;
            next.Served = ++served;
            var wish = next.Waiting.First!.Value;
            next.Waiting.RemoveFirst();
            wish.SetResult();
        }
    }

    private Queue? Next() => tenants.Values.Where(own => own.Waiting.Count > 0 && (running < processors || own.Running == 0))
        .OrderBy(own => own.Running).ThenBy(own => own.Served).FirstOrDefault();

    private void End(TenantId tenant, TaskCompletionSource? wish)
    {
        lock (gate)
        {
            var own = tenants[tenant];
            if (wish is null || !own.Waiting.Remove(wish))
            {
                own.Running--;
                running--;
            }

            if (own is { Running: 0, Waiting.Count: 0 })
            {
                tenants.Remove(tenant);
            }

            LetIn();
        }
    }

    private sealed class Queue
    {
        public LinkedList<TaskCompletionSource> Waiting { get; } = new();

        public int Running { get; set; }

        public long Served { get; set; }
    }

    private sealed class Turn(SearchTurns turns, TenantId tenant) : IDisposable
    {
        private SearchTurns? held = turns;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.End(tenant, null);
    }
}
