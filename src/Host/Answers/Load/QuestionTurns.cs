using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// The work on a question takes a processor: no more of it runs than there are processors, and one. That one is kept for a tenant which has none running,
/// and while another tenant is there, nobody has the last processor: a thousand questions of one do not make another's one wait, nor slow. Of those that
/// wait, the tenant with the fewest running comes first, then the one that was served longest ago. Safe for concurrent use.
/// </summary>
internal sealed class QuestionTurns(int processors, TimeProvider time)
{
    // So long after its last question a tenant is there.
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, Queue> tenants = [];
    private int running;
    private long served;

    /// <summary>Waits for a turn; disposing ends it.</summary>
    /// <param name="goesOn">The question had a turn before, and comes before those that had none.</param>
    public async Task<Turn> TakeAsync(TenantId tenant, bool goesOn, CancellationToken cancellationToken)
    {
        var wish = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!tenants.TryGetValue(tenant, out var own))
            {
                Forget();
                tenants[tenant] = own = new Queue();
            }

            own.Seen = time.GetTimestamp();
            _ = goesOn ? own.Waiting.AddFirst(wish) : own.Waiting.AddLast(wish);
            LetIn();
        }

        try
        {
            return new Turn(this, tenant, isOfMany: await wish.Task.WaitAsync(cancellationToken));
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
            wish.SetResult(next.Waiting.Count > 0);
        }
    }

    private Queue? Next()
    {
        var most = tenants.Values.Count(IsThere) > 1 ? Math.Max(1, processors - 1) : processors;
        return tenants.Values.Where(own => own.Waiting.Count > 0 && (own.Running == 0 || (running < processors && own.Running < most)))
            .OrderBy(own => own.Running).ThenBy(own => own.Served).FirstOrDefault();
    }

    private bool IsThere(Queue own) => own.Running > 0 || own.Waiting.Count > 0 || time.GetElapsedTime(own.Seen) < Presence;

    private void Forget()
    {
        foreach (var (tenant, own) in tenants)
        {
            if (!IsThere(own))
            {
                tenants.Remove(tenant);
            }
        }
    }

    private void End(TenantId tenant, TaskCompletionSource<bool>? wish)
    {
        lock (gate)
        {
            var own = tenants[tenant];
            if (wish is null || !own.Waiting.Remove(wish))
            {
                own.Running--;
                running--;
            }

            LetIn();
        }
    }

    /// <summary>Disposing ends it.</summary>
    /// <param name="turns">Whose it is.</param>
    /// <param name="tenant">Who has it.</param>
    /// <param name="isOfMany">The tenant has more questions waiting.</param>
    public sealed class Turn(QuestionTurns turns, TenantId tenant, bool isOfMany) : IDisposable
    {
        private QuestionTurns? held = turns;

        /// <summary>The tenant has more questions waiting.</summary>
        public bool IsOfMany => isOfMany;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.End(tenant, null);
    }

    private sealed class Queue
    {
        public LinkedList<TaskCompletionSource<bool>> Waiting { get; } = new();

        public int Running { get; set; }

        public long Served { get; set; }

        public long Seen { get; set; }
    }
}
