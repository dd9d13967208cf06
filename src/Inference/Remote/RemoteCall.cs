using Microsoft.Extensions.AI;

namespace Tessera.Inference.Remote;

/// <summary>
/// What one question to a client did below the client library, which passes nothing through: set before the library is called, found by
/// the handler that sends.
/// </summary>
internal sealed class RemoteCall
{
    private static readonly AsyncLocal<RemoteCall?> Running = new();
    private long _bytesSent;

    /// <summary>The call that this flow works for.</summary>
    public static RemoteCall? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    /// <summary>The server began a reply: what fails afterwards in the client library is the reply's fault, not the question's.</summary>
    public bool Replied { get; set; }

    /// <summary>Counts bytes that left.</summary>
    public void Sent(long bytes) => Interlocked.Add(ref _bytesSent, bytes);

    /// <summary>Writes the bytes that left into a usage.</summary>
    public void TellIn(UsageDetails usage)
    {
        usage.AdditionalCounts ??= [];
        usage.AdditionalCounts[RemoteModels.BytesSent] = Interlocked.Read(ref _bytesSent);
    }
}
