using System.Text;
using Tessera.Inference.Llama.Chat;
using Tessera.Sdk;

namespace Tessera.Inference.Constraints.Quotes;

/// <summary>
/// Turns the bytes of a reply that was held to its sources into text and quotes, without the marks. A quote comes whole, when it is closed, with the
/// characters of its source. For one reply, at its reader.
/// </summary>
internal sealed class QuoteReader(QuoteSources sources, QuoteLock options)
{
    private readonly QuoteTracker tracker = new(sources, options);
    private readonly Utf8Pieces outside = new();
    private readonly List<byte> inside = [];
    private readonly List<byte> mark = [];
    private QuoteThread? lastEnd;

    /// <summary>What is certain after these bytes.</summary>
    public IEnumerable<ReplyEvent> Add(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            var wasInside = tracker.IsInside;
            tracker.TryAdd(value);
            if (tracker.JustClosed)
            {
                yield return Closed();
            }
            else if (wasInside)
            {
                inside.Add(value);
                Remember();
            }
            else
            {
                text.Append(Outside(value));
                if (tracker.IsInside && text.Length > 0)
                {
                    yield return new ReplyEvent.Plain(text.ToString());
                    text.Clear();
                }
            }
        }

        if (text.Length > 0)
        {
            yield return new ReplyEvent.Plain(text.ToString());
        }
    }

    /// <summary>What was held back. A quote that a limit left open ends with its last whole word.</summary>
    public IEnumerable<ReplyEvent> Finish()
    {
        if (tracker.IsInside)
        {
            if (lastEnd is { } end)
            {
                yield return Quote(end);
            }

            yield break;
        }

        var rest = outside.Add([.. mark]) + outside.Finish();
        if (rest.Length > 0)
        {
            yield return new ReplyEvent.Plain(rest);
        }
    }

    // What may be the beginning of a mark is held back until it is none.
    private string Outside(byte value)
    {
        mark.Add(value);
        if (tracker.IsInside)
        {
            mark.Clear();
            inside.Clear();
            lastEnd = null;
            return "";
        }

        var certain = mark.Count - tracker.Opening;
        var text = outside.Add([.. mark[..certain]]);
        mark.RemoveRange(0, certain);
        return text;
    }

    private void Remember()
    {
        foreach (var thread in tracker.Threads)
        {
            if (thread.Closing == 0 && tracker.CanEnd(thread, 1))
            {
                lastEnd = thread;
                return;
            }
        }
    }

    // Where several places say the same, the one that says it in the very characters that were written.
    private ReplyEvent.Quote Closed()
    {
        var written = Encoding.UTF8.GetString([.. inside]);
        var quotes = tracker.Threads.Select(Quote).ToList();
        return quotes.Find(quote => written.StartsWith(quote.Value, StringComparison.Ordinal)) ?? quotes[0];
    }

    private ReplyEvent.Quote Quote(QuoteThread thread)
    {
        var (start, end) = (sources[thread.Start], sources[thread.At]);
        return new ReplyEvent.Quote(start.Source, start.At, end.At, sources.Texts[start.Source][start.At..end.At]);
    }
}
