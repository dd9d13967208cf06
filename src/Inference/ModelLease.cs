namespace Tessera.Inference;

/// <summary>A model in use: it stays loaded until the lease is given back. Dispose once, after the last reply was read.</summary>
/// <typeparam name="TClient">The client's interface.</typeparam>
public sealed class ModelLease<TClient>(TClient client, Action giveBack) : IDisposable
    where TClient : class
{
    private Action? giveBack = giveBack;

    /// <summary>Safe for concurrent use while the lease is held; not to be disposed.</summary>
    public TClient Client { get; } = client;

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref giveBack, null)?.Invoke();
}
