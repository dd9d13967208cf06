using System.Text;
using Tessera.Sdk;

namespace Tessera.Inference.Remote.Quotes;

/// <summary>
/// Parts a text that comes in pieces, cut anywhere, into plain text and quotes. Marks are in no part. A quote ends at its closing mark,
/// at the opening of another one, at the end, or at the first end of a word behind the longest length; a closing mark that closes
/// nothing is left out. Not safe for concurrent use.
/// </summary>
internal sealed class QuoteParser(int longestQuote)
{
    private readonly StringBuilder _plain = new();
    private readonly StringBuilder _quote = new();
    private string _mark = "";
    private bool _quoting;

    /// <summary>Takes the next piece.</summary>
    /// <returns>What is sure by now: plain text as far as no mark begins in it, and quotes that ended.</returns>
    public List<QuotePart> Take(string piece)
    {
        var parts = new List<QuotePart>();
        foreach (var c in piece)
        {
            Take(c, parts);
        }

        EndPlain(parts);
        return parts;
    }

    /// <summary>The text has ended. The parser is as new afterwards.</summary>
    public List<QuotePart> End()
    {
        var parts = new List<QuotePart>();
        TakeHeldMark(parts);
        EndQuote(parts);
        EndPlain(parts);
        return parts;
    }

    private void Take(char c, List<QuotePart> parts)
    {
        if (_mark.Length == 0 && c != QuoteLock.Open[0])
        {
            TakeText(c, parts);
            return;
        }

        var mark = _mark + c;
        if (QuoteLock.Open.StartsWith(mark, StringComparison.Ordinal) || QuoteLock.Close.StartsWith(mark, StringComparison.Ordinal))
        {
            _mark = mark;
            if (mark is QuoteLock.Open or QuoteLock.Close)
            {
                _mark = "";
                EndQuote(parts);
                _quoting = mark == QuoteLock.Open;
            }
        }
        else
        {
            TakeHeldMark(parts);
            Take(c, parts);
        }
    }

    private void TakeHeldMark(List<QuotePart> parts)
    {
        var held = _mark;
        _mark = "";
        foreach (var c in held)
        {
            TakeText(c, parts);
        }
    }

    private void TakeText(char c, List<QuotePart> parts)
    {
        // Where words have no ends, a quote may not grow for ever; characters of two units stay whole.
        var isFull = _quote.Length >= longestQuote && (char.IsWhiteSpace(c) || (_quote.Length >= 2 * longestQuote && !char.IsLowSurrogate(c)));
        if (_quoting && isFull)
        {
            EndQuote(parts);
        }

        (_quoting ? _quote : _plain).Append(c);
    }

    private void EndQuote(List<QuotePart> parts)
    {
        _quoting = false;
        if (_quote.Length > 0)
        {
            EndPlain(parts);
            parts.Add(new QuotePart(_quote.ToString(), true));
            _quote.Clear();
        }
    }

    private void EndPlain(List<QuotePart> parts)
    {
        if (_plain.Length > 0)
        {
            parts.Add(new QuotePart(_plain.ToString(), false));
            _plain.Clear();
        }
    }
}

/// <summary>A part of a reply's text, without marks.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="IsQuote">Stood between marks.</param>
internal readonly record struct QuotePart(string Text, bool IsQuote);
