using System.Text;
using Tessera.Rag.Answers.Extractive;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>
/// The text of a reply so far, and where its sentences end. A quote is never cut, and one that stands alone behind a sentence belongs to
/// it.
/// </summary>
internal sealed class Draft
{
    // Stands for the inside of a quote while sentences are sought.
    private const char Masked = 'X';

    private readonly StringBuilder _text = new();
    private readonly List<Mark> _marks = [];
    private int _settled;

    /// <summary>Length of the text without white space at its end.</summary>
    public int Length { get; private set; }

    /// <summary>Whether any quote came, found or not.</summary>
    public bool HasQuotes => _marks.Count > 0;

    public string this[Range range] => _text.ToString(range.Start.Value, range.End.Value - range.Start.Value);

    public void Add(ReplyPiece piece)
    {
        var content = _text.Length == 0 && piece is ReplyPiece.Words ? piece.Content.TrimStart() : piece.Content;
        if (content.Length == 0)
        {
            return;
        }

        // Models leave out the blank before a quote and behind it.
        if (_text.Length > 0 && (piece is not ReplyPiece.Words || IsBehindMark) && IsWord(content[0], piece) && !IsOpen(_text[^1]))
        {
            _text.Append(' ');
        }

        var start = _text.Length;
        _ = piece is ReplyPiece.Quote ? _text.Append(QuoteMarks.Open).Append(content).Append(QuoteMarks.Close) : _text.Append(content);
        if (piece is not ReplyPiece.Words)
        {
            _marks.Add(new Mark(start, _text.Length, (piece as ReplyPiece.Quote)?.Source));
        }

        for (var end = _text.Length; end > Length; end--)
        {
            if (!char.IsWhiteSpace(_text[end - 1]))
            {
                Length = end;
            }
        }
    }

    /// <summary>The sentences that have ended since the last call; once the reply has ended, all that are left.</summary>
    public IEnumerable<DraftSentence> TakeSentences(bool ended)
    {
        var tail = _text.ToString(_settled, _text.Length - _settled);
        var (masked, origin) = (Mask(tail), _settled);
        TextSpan? open = null;
        foreach (var part in SentenceSplitter.Whole(masked))
        {
            var here = new TextSpan(origin + part.Start, origin + part.End);
            if (open is { } before && HasOwnWords(here))
            {
                yield return Settle(before);
                open = here;
            }
            else
            {
                open = new TextSpan(open?.Start ?? here.Start, here.End);
            }
        }

        if (ended && open is { } last)
        {
            yield return Settle(last);
        }
    }

    private bool IsBehindMark => _marks.Count > 0 && _marks[^1].End == _text.Length;

    private static bool IsWord(char first, ReplyPiece piece) => piece is not ReplyPiece.Words || char.IsLetterOrDigit(first);

    private static bool IsOpen(char last) => char.IsWhiteSpace(last) || last is '(' or '[' or '"' or '\'' or '—' or '–' or '-' or '/';

    private DraftSentence Settle(TextSpan span)
    {
        _settled = span.End;
        var inside = _marks.Where(mark => mark.Start >= span.Start && mark.End <= span.End).ToList();
        return new DraftSentence(
            span.Start, span.End, _text.ToString(span.Start, span.Length), [.. inside.Select(mark => mark.Source).OfType<Citation>()],
            inside.Exists(mark => mark.Source is null));
    }

    // The stop at a quote's end stays: it may be the sentence's.
    private string Mask(string tail)
    {
        var masked = tail.ToCharArray();
        foreach (var mark in _marks.Where(mark => mark.Start >= _settled))
        {
            var edge = mark.Source is null ? 0 : 1;
            var (first, last) = (mark.Start + edge - _settled, mark.End - edge - _settled);
            if (masked[last - 1] is '.' or '!' or '?' or '…')
            {
                last--;
            }

            masked.AsSpan(first, last - first).Fill(Masked);
        }

        return new string(masked);
    }

    private bool HasOwnWords(TextSpan span)
    {
        for (var at = span.Start; at < span.End; at++)
        {
            if (_marks.Find(mark => mark.Start <= at && at < mark.End) is { } mark)
            {
                at = mark.End - 1;
            }
            else if (char.IsLetterOrDigit(_text[at]))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Mark(int Start, int End, Citation? Source);
}
