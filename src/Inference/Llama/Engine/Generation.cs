using System.Threading.Channels;

namespace Tessera.Inference.Llama.Engine;

/// <summary>A reply while it is written: the engine's thread writes, one reader reads.</summary>
internal sealed class Generation
{
    private readonly Queue<int> held = [];
    private readonly Channel<int> tokens = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleWriter = true });

    private CancellationTokenRegistration watch;

    public Generation(GenerationRequest request, CancellationToken cancelled)
    {
        Request = request;
        Cancelled = cancelled;
        Sampler = new Sampler(request.Sampling, request.Constraint);
    }

    public GenerationRequest Request { get; }

    /// <summary>The reader has gone.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>The tokens, a few milliseconds after they were drawn. Ends when the reply ends; throws what ended it otherwise.</summary>
    public ChannelReader<int> Tokens => tokens.Reader;

    /// <summary>True: cut at its limit. Known when <see cref="Tokens"/> has ended.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Tokens of the prompt that did not have to be read again. Known when the first token comes.</summary>
    public int Reused { get; set; }

    internal Sampler Sampler { get; }

    /// <summary>Tokens that the reader was given and has not taken yet.</summary>
    internal int Unread => tokens.Reader.Count;

    /// <summary>The token that was drawn last and is to be read next.</summary>
    internal int Last { get; private set; }

    /// <summary>Tokens written.</summary>
    internal int Written { get; private set; }

    /// <summary>Watches the reader until the reply has ended. Before the engine's thread knows of it.</summary>
    internal void Watch(CancellationTokenRegistration registration) => watch = registration;

    /// <summary>It will never be written.</summary>
    internal void Forget() => Finish(null);

    internal void Write(int token)
    {
        Last = token;
        Written++;
        held.Enqueue(token);
    }

    /// <summary>Gives what was written to the reader, and wakes it.</summary>
    internal void HandOver()
    {
        while (held.TryDequeue(out var token))
        {
            tokens.Writer.TryWrite(token);
        }
    }

    internal void End(bool cut)
    {
        IsCut = cut;
        Finish(null);
    }

    internal void Fail(Exception failure) => Finish(failure);

    private void Finish(Exception? failure)
    {
        watch.Unregister();
        HandOver();
        // Here and not at the reader, which may leave while the engine still asks the constraint.
        (Request.Constraint as IDisposable)?.Dispose();
        tokens.Writer.TryComplete(failure);
    }
}
