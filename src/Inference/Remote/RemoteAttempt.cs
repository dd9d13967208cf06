namespace Tessera.Inference.Remote;

/// <summary>How one attempt to get a reply ended.</summary>
internal abstract record RemoteAttempt
{
    private RemoteAttempt()
    {
    }

    /// <summary>The first bytes are here. Nobody has seen any of them yet.</summary>
    public sealed record Begun(HttpResponseMessage Response, Stream Body, ReadOnlyMemory<byte> First) : RemoteAttempt;

    /// <summary>There is no reply.</summary>
    /// <param name="Fault">What to tell if it stays so.</param>
    /// <param name="MayPass">A further attempt may help.</param>
    /// <param name="IsDown">Counts against the server.</param>
    public sealed record Failed(ModelException Fault, bool MayPass, bool IsDown) : RemoteAttempt;
}
