using System.Text;
using Tessera.Sdk;

namespace Tessera.Inference.Constraints.Quotes;

/// <summary>Follows a reply byte by byte: outside a quote, or in which places of the sources the quote can stand. For one reply.</summary>
internal sealed class QuoteTracker(QuoteSources sources, QuoteLock options)
{
    private static readonly byte[] Open = Encoding.UTF8.GetBytes(QuoteLock.Open);
    private static readonly byte[] Close = Encoding.UTF8.GetBytes(QuoteLock.Close);

    private List<QuoteThread> threads = [];
    private List<QuoteThread> next = [];
    private bool fresh;

    /// <summary>True: between the marks.</summary>
    public bool IsInside { get; private set; }

    /// <summary>True: inside, and nothing is written yet.</summary>
    public bool IsFresh => IsInside && fresh && threads.Count == sources.Starts.Count;

    /// <summary>Bytes of an opening mark that stand at the end of the text outside.</summary>
    public int Opening { get; private set; }

    /// <summary>Inside: where the quote can stand. Just closed: how it stood.</summary>
    public IReadOnlyList<QuoteThread> Threads => threads;

    /// <summary>Takes the state of another one over, of the same sources.</summary>
    public void CopyFrom(QuoteTracker other)
    {
        threads.Clear();
        threads.AddRange(other.threads);
        (fresh, IsInside, Opening) = (other.fresh, other.IsInside, other.Opening);
    }

    /// <summary>Takes all of a token; false: it may not come here, and the state is of no more use.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        var closed = false;
        foreach (var value in bytes)
        {
            // Behind a mark that closes a token ends: what would come with it was not asked for.
            if (closed || !TryAdd(value))
            {
                return false;
            }

            closed = JustClosed;
        }

        return true;
    }

    /// <summary>The last byte closed a quote.</summary>
    public bool JustClosed { get; private set; }

    /// <summary>Takes a byte; false: it may not come here.</summary>
    public bool TryAdd(byte value)
    {
        JustClosed = false;
        return IsInside ? TryAddInside(value) : TryAddOutside(value);
    }

    /// <summary>The ways in which a thread goes on with a byte, and those in which it closes.</summary>
    public void Step(QuoteThread thread, byte value, List<QuoteThread> into)
    {
        if (thread.Closing != 0)
        {
            var written = Math.Max(0, thread.Closing);
            if (Close[written] == value)
            {
                into.Add(thread with { Closing = written + 1 });
            }

            return;
        }

        var canClose = CanClose(thread);
        if (!(canClose && IsLong(thread)))
        {
            for (var at = thread.At; at >= 0; at = sources[at].Instead)
            {
                if (!sources[at].IsEnd && sources[at].Value == value)
                {
                    into.Add(thread with { At = sources[at].Next });
                }
            }
        }

        if (canClose && value == Close[0])
        {
            into.Add(thread with { Closing = 1 });
        }
        else if (canClose && value == ' ')
        {
            into.Add(thread with { Closing = QuoteThread.Blank });
        }
    }

    /// <summary>Inside, behind the first byte: whether a byte may come next.</summary>
    public bool CanTake(byte value, List<QuoteThread> scratch)
    {
        scratch.Clear();
        foreach (var thread in threads)
        {
            Step(thread, value, scratch);
            if (scratch.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes that a thread may take next, some of them twice.</summary>
    public void Values(QuoteThread thread, List<byte> into)
    {
        if (thread.Closing != 0)
        {
            into.Add(Close[Math.Max(0, thread.Closing)]);
            return;
        }

        for (var at = thread.At; at >= 0; at = sources[at].Instead)
        {
            if (!sources[at].IsEnd)
            {
                into.Add(sources[at].Value);
            }
        }

        if (CanClose(thread))
        {
            into.Add(Close[0]);
            into.Add((byte)' ');
        }
    }

    /// <summary>Whether the thread's last byte closed the quote.</summary>
    public static bool IsClosed(QuoteThread thread) => thread.Closing == Close.Length;

    /// <summary>Whether a quote that stands so may end here with at least so many words.</summary>
    public bool CanEnd(QuoteThread thread, int words) =>
        sources[thread.At].CanEnd && thread.At > thread.Start && sources.Words(thread.Start, thread.At) >= words;

    private bool CanClose(QuoteThread thread) =>
        CanEnd(thread, options.MinimumWords) || (sources[thread.At].IsEnd && thread.At > thread.Start);

    private bool IsLong(QuoteThread thread) => sources[thread.At].At - sources[thread.Start].At >= options.LongestQuote;

    private bool TryAddOutside(byte value)
    {
        Opening = value == Open[Opening] ? Opening + 1 : value == Open[0] ? 1 : 0;
        if (Opening < Open.Length)
        {
            return true;
        }

        if (sources.Starts.Count == 0)
        {
            return false;
        }

        (IsInside, Opening, fresh) = (true, 0, true);
        threads.Clear();
        foreach (var start in sources.Starts)
        {
            threads.Add(new QuoteThread(start, start, 0));
        }

        return true;
    }

    private bool TryAddInside(byte value)
    {
        next.Clear();
        foreach (var thread in threads)
        {
            Step(thread, value, next);
        }

        if (next.Count == 0)
        {
            // Models like to leave one blank behind the opening mark.
            var blank = fresh && value == ' ' && threads.Count == sources.Starts.Count;
            fresh = false;
            return blank;
        }

        fresh = false;
        (threads, next) = (next, threads);
        if (threads.Exists(IsClosed))
        {
            threads.RemoveAll(thread => !IsClosed(thread));
            (IsInside, JustClosed) = (false, true);
        }

        return true;
    }
}
