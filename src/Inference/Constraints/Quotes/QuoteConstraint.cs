using System.Runtime.InteropServices;
using System.Text;
using Tessera.Sdk;

namespace Tessera.Inference.Constraints.Quotes;

/// <summary>
/// Holds what a model writes between the marks of a quote to what stands in the sources: a quote is a stretch of a source by construction.
/// Outside a quote it may write anything. For one reply, on the engine's thread.
/// </summary>
internal sealed class QuoteConstraint : ITokenConstraint
{
    private readonly TokenTrie trie;
    private readonly QuoteTracker tracker;
    private readonly QuoteTracker trial;
    private readonly ulong[] seen;
    private readonly List<int> allowed = [];
    private readonly Stack<(int Node, QuoteThread Thread)> walks = new();
    private readonly List<QuoteThread> steps = [];
    private readonly List<byte> values = [];
    private int[]? first;

    public QuoteConstraint(TokenTrie trie, QuoteSources sources, QuoteLock options)
    {
        this.trie = trie;
        tracker = new QuoteTracker(sources, options);
        trial = new QuoteTracker(sources, options);
        seen = new ulong[(trie.Vocabulary.Count + 63) / 64];
    }

    public bool IsComplete => false;

    /// <summary>Begins inside a quote.</summary>
    public void Open() => tracker.TryAdd(Encoding.UTF8.GetBytes(QuoteLock.Open));

    public bool Allows(int token)
    {
        var bytes = trie.Vocabulary[token];
        if (bytes.IsEmpty)
        {
            return !tracker.IsInside;
        }

        if (!tracker.IsInside && tracker.Opening == 0 && bytes.IndexOf((byte)QuoteLock.Open[0]) < 0)
        {
            return true;
        }

        // Most tokens fall at their first byte.
        if (tracker.IsInside && !tracker.IsFresh && !tracker.CanTake(bytes[0], steps))
        {
            return false;
        }

        trial.CopyFrom(tracker);
        return trial.TryAdd(bytes);
    }

    public bool TryGetAllowed(out ReadOnlySpan<int> tokens)
    {
        tokens = default;
        if (!tracker.IsInside)
        {
            return false;
        }

        // At a quote's start every beginning of words is a candidate, the same ones each time.
        if (tracker.IsFresh)
        {
            first ??= [.. Collect()];
            tokens = first;
            return true;
        }

        tokens = CollectionsMarshal.AsSpan(Collect());
        return true;
    }

    public void Mask(Span<float> logits)
    {
        if (TryGetAllowed(out var tokens))
        {
            var kept = tokens.ToArray().Select(token => (token, 0f)).ToArray();
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i].Item2 = logits[kept[i].token];
            }

            logits.Fill(float.NegativeInfinity);
            foreach (var (token, score) in kept)
            {
                logits[token] = score;
            }

            return;
        }

        for (var token = 0; token < logits.Length; token++)
        {
            if (token >= trie.Vocabulary.Count || !Allows(token))
            {
                logits[token] = float.NegativeInfinity;
            }
        }
    }

    public void Accept(int token)
    {
        if (!tracker.TryAdd(trie.Vocabulary[token]))
        {
            throw new InvalidOperationException("A token was taken that the quote does not allow.");
        }
    }

    // Each thread is walked down the vocabulary for itself: it has few bytes to go on with, however many tokens there are.
    private List<int> Collect()
    {
        allowed.Clear();
        Array.Clear(seen);
        var fresh = tracker.IsFresh;
        foreach (var thread in tracker.Threads)
        {
            walks.Push((0, thread));
            if (fresh && trie.Child(0, (byte)' ') is var blank and >= 0)
            {
                walks.Push((blank, thread));
            }
        }

        if (fresh && trie.Child(0, (byte)' ') is var bare and >= 0)
        {
            Take(bare);
        }

        while (walks.TryPop(out var walk))
        {
            Walk(walk.Node, walk.Thread);
        }

        return allowed;
    }

    private void Walk(int node, QuoteThread thread)
    {
        values.Clear();
        tracker.Values(thread, values);
        for (var i = 0; i < values.Count; i++)
        {
            var child = values.IndexOf(values[i]) == i ? trie.Child(node, values[i]) : -1;
            if (child < 0)
            {
                continue;
            }

            steps.Clear();
            tracker.Step(thread, values[i], steps);
            if (steps.Count > 0)
            {
                Take(child);
            }

            foreach (var step in steps)
            {
                if (!QuoteTracker.IsClosed(step))
                {
                    walks.Push((child, step));
                }
            }
        }
    }

    private void Take(int node)
    {
        foreach (var token in trie.Tokens(node))
        {
            if ((seen[token / 64] & (1UL << (token % 64))) == 0)
            {
                seen[token / 64] |= 1UL << (token % 64);
                allowed.Add(token);
            }
        }
    }
}
