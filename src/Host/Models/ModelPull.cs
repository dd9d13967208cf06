namespace Tessera.Host.Models;

/// <summary>One file on its way from the hub. Written by its own task, read by anybody.</summary>
internal sealed class ModelPull(string reference, DateTimeOffset startedAt) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private long received;

    public Guid Id { get; } = Guid.CreateVersion7(startedAt);

    public string Reference { get; } = reference;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public CancellationToken Stopped => stop.Token;

    /// <summary>Bytes that lie here.</summary>
    public long Received
    {
        get => Interlocked.Read(ref received);
        set => Interlocked.Exchange(ref received, value);
    }

    /// <summary>How it stands; replaced as a whole.</summary>
    public PullProgress Progress { get; set; } = new(PullState.Asking, null, null, null);

    public void Stop() => stop.Cancel();

    public void Dispose() => stop.Dispose();
}

/// <param name="State">Where it stands.</param>
/// <param name="Bytes">Of the whole file; null: the hub was not heard yet.</param>
/// <param name="Model">Name of the model that it became.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record PullProgress(PullState State, long? Bytes, string? Model, string? Reason)
{
    public bool IsOver => State is PullState.Done or PullState.Failed or PullState.Stopped;
}

internal enum PullState
{
    /// <summary>The hub is asked for the file.</summary>
    Asking,
    Receiving,

    /// <summary>The file is whole and is tried out.</summary>
    Checking,
    Done,
    Failed,
    Stopped,
}
