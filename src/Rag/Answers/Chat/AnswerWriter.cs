using System.Text;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>
/// Pieces of a reply → text, sentences, citations and verdicts, as the domain releases them. What says that there is no answer is never
/// shown. For one answer.
/// </summary>
internal sealed class AnswerWriter(DomainRoles roles)
{
    private readonly bool _holds = roles.Profile.Release == AnswerRelease.AfterChecks;
    private readonly Draft _draft = new();
    private readonly StringBuilder _text = new();
    private readonly List<AnswerSentence> _sentences = [];
    private readonly List<Citation> _citations = [];
    private bool _maySayNothing = true;
    private int _shown;
    private int _withheld;

    public string Text => _text.ToString();

    public IReadOnlyList<AnswerSentence> Sentences => _sentences;

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Takes the next piece.</summary>
    public async Task<IReadOnlyList<AnswerEvent>> AddAsync(ReplyPiece piece, CancellationToken cancellationToken)
    {
        _draft.Add(piece);
        _maySayNothing = _maySayNothing && !_draft.HasQuotes && NoAnswer.MayBegin(_draft[0.._draft.Length]);
        return _maySayNothing ? [] : await ReleaseAsync(ended: false, isCut: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the end. Where nothing was answered, or nothing passed, there are no sentences.</summary>
    public async Task<IReadOnlyList<AnswerEvent>> EndAsync(bool isCut, CancellationToken cancellationToken) =>
        _maySayNothing && NoAnswer.Is(_draft[0.._draft.Length])
            ? []
            : await ReleaseAsync(ended: true, isCut, cancellationToken).ConfigureAwait(false);

    private async Task<List<AnswerEvent>> ReleaseAsync(bool ended, bool isCut, CancellationToken cancellationToken)
    {
        var events = new List<AnswerEvent>();
        if (!_holds)
        {
            Show(_draft.Length, events);
        }

        var finished = _draft.TakeSentences(ended).ToList();
        foreach (var (number, sentence) in finished.Index())
        {
            await FinishAsync(sentence, isCut && number == finished.Count - 1, events, cancellationToken).ConfigureAwait(false);
        }

        return events;
    }

    private async Task FinishAsync(DraftSentence draft, bool isCut, List<AnswerEvent> events, CancellationToken cancellationToken)
    {
        if (_holds && _text.Length == 0)
        {
            Withhold(draft.Start);
        }

        var known = _citations.Count;
        var quotes = draft.Quotes.DistinctBy(Place).ToList();
        var sentence = new AnswerSentence(draft.Text, draft.Start - _withheld, draft.End - _withheld, [.. quotes.Select(Cite)]);
        var checks = await SentenceChecks.RunAsync(roles.Checks, sentence, quotes, cancellationToken).ConfigureAwait(false);
        if (_holds && !checks.Passed)
        {
            Withhold(draft.End);
            _citations.RemoveRange(known, _citations.Count - known);
            return;
        }

        if (_holds)
        {
            Show(draft.End, events);
        }

        IReadOnlyList<Citation> cited = [.. sentence.Citations.Select(index => _citations[index])];
        events.Add(new AnswerEvent.SentenceChecked(_sentences.Count, sentence, cited, SentenceChecks.Judge(draft, checks, isCut)));
        _sentences.Add(sentence);
    }

    private void Withhold(int end)
    {
        _withheld += end - _shown;
        _shown = end;
    }

    private void Show(int end, List<AnswerEvent> events)
    {
        if (end > _shown)
        {
            var more = _draft[_shown..end];
            _text.Append(more);
            _shown = end;
            events.Add(new AnswerEvent.TextDelta(more));
        }
    }

    private int Cite(Citation quote)
    {
        var known = _citations.FindIndex(other => Place(other) == Place(quote));
        if (known < 0)
        {
            _citations.Add(quote);
        }

        return known < 0 ? _citations.Count - 1 : known;
    }

    // Chunks may overlap: the same characters are one quote, whichever chunk they came by.
    private static (DocumentId Document, int Start, int End) Place(Citation quote) => (quote.Document, quote.Start, quote.End);
}
