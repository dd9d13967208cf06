namespace Tessera.Inference.Hub;

/// <summary>Tries again what was interrupted, after waits that double.</summary>
internal sealed class HubBackOff(HubOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <param name="work">Throws <see cref="HubInterruption"/> where another attempt may help.</param>
    /// <param name="reached">How far the work is; an attempt that got further starts the count anew.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ModelException">The attempts are used up, or the hub wants a wait that is too long.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, Func<long> reached, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            var before = reached();
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (HubInterruption interruption)
            {
                failures = reached() > before ? 1 : failures + 1;
                if (failures > options.Retries || interruption.Fault.RetryAfter > LongestWait)
                {
                    throw interruption.Fault;
                }

                var wait = options.FirstWait * Math.Pow(2, failures - 1) * (1 + (Random.Shared.NextDouble() / 4));
                wait = interruption.Fault.RetryAfter ?? (wait < LongestWait ? wait : LongestWait);
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
