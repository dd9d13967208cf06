using Tessera.Reader.Protocol;

namespace Tessera.Reader.Worker;

/// <summary>Sends replies; whole frames only, so that threads may share it.</summary>
internal sealed class ReplyStream(Stream output)
{
    private readonly Lock _gate = new();

    /// <summary>Sends with the next <see cref="SendNow"/>, or when the buffer is full.</summary>
    public void Send(ReadReply reply)
    {
        lock (_gate)
        {
            Frames.Write(output, reply, ProtocolJson.Wire.ReadReply);
        }
    }

    public void SendNow(ReadReply reply)
    {
        lock (_gate)
        {
            Frames.Write(output, reply, ProtocolJson.Wire.ReadReply);
            output.Flush();
        }
    }
}
