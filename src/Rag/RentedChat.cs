using Microsoft.Extensions.AI;

namespace Tessera.Rag;

/// <summary>A chat model in use for one answer; disposing gives it back, once.</summary>
/// <param name="client">Knows <see cref="Sdk.ChatModelInfo"/>; not disposed here.</param>
/// <param name="lease">What holds the model while the answer is written; null where nothing does.</param>
public sealed class RentedChat(IChatClient client, IDisposable? lease = null) : IDisposable
{
    private IDisposable? _lease = lease;

    /// <summary>The model, until it is given back.</summary>
    public IChatClient Client { get; } = client;

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _lease, null)?.Dispose();
}
