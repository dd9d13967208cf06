using System.Text;
using Tessera.Host.Answers;
using Tessera.Host.Conversations;
using Tessera.Sdk;

namespace Tessera.Host.Portal.Parts;

/// <summary>A question and what came of it so far. Used by one circuit.</summary>
public sealed class Turn(string question, AskableDomain domain)
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly StringBuilder _draft = new();
    private readonly Dictionary<int, string> _failures = [];
    private readonly List<TurnSentence> _sentences = [];
    private readonly List<TurnSource> _sources = [];
    private IReadOnlyList<PassageView> _found = [];

    public string Question { get; } = question;

    public AskableDomain Domain { get; } = domain;

    public bool IsCode => Domain.IsCode;

    /// <summary>The text that has come so far.</summary>
    public string Draft => _draft.ToString();

    /// <summary>The sentences, once the answer is whole and proven.</summary>
    public IReadOnlyList<TurnSentence> Sentences => _sentences;

    /// <summary>The passages that sentences point at, numbered from 1 in the order of their first mention.</summary>
    public IReadOnlyList<TurnSource> Sources => _sources;

    public string? Refused { get; private set; }

    public string? Problem { get; private set; }

    public bool Ended { get; private set; }

    internal ReceiptView? Receipt { get; private set; }

    /// <summary>Its id in the conversation; null while it is not kept.</summary>
    internal Guid? Kept { get; set; }

    /// <summary>What the person said of the answer; null: nothing.</summary>
    internal bool? Useful { get; set; }

    /// <summary>A turn of a conversation as it was; what documents do not say any more has no source.</summary>
    /// <param name="domain">The conversation's.</param>
    /// <param name="kept">The turn.</param>
    /// <param name="passages">Those that its quotes still stand in.</param>
    internal static Turn Reopened(AskableDomain domain, TurnView kept, IReadOnlyList<PassageView> passages)
    {
        var turn = new Turn(kept.Question, domain) { _found = passages, Kept = kept.Id, Useful = kept.Useful };
        foreach (var failure in kept.Failures)
        {
            turn._failures[failure.Index] = failure.Reason;
        }

        if (kept.Answer.Status == AnswerView.Refused)
        {
            turn.Refuse(kept.Answer);
        }
        else
        {
            turn.Complete(kept.Answer, citation => turn.PassageOf(citation) is not null);
        }

        return turn;
    }

    /// <summary>Takes the next step of the answer's stream.</summary>
    internal void Apply(AnswerStep step)
    {
        switch (step)
        {
            case AnswerStep.Sources sources:
                _found = sources.Passages;
                break;
            case AnswerStep.Delta delta:
                _draft.Append(delta.Text);
                break;
            case AnswerStep.Sentence { Passed: false } failed:
                _failures[failed.Index] = failed.Reason ?? "";
                break;
            case AnswerStep.Completed completed:
                Complete(completed.Answer, _ => true);
                break;
            case AnswerStep.Refused refused:
                Refuse(refused.Answer);
                break;
        }
    }

    /// <summary>Ends without an answer.</summary>
    internal void End(string problem) => (Problem, Ended) = (problem, true);

    private void Complete(AnswerView answer, Func<CitationView, bool> isThere)
    {
        _sentences.AddRange(answer.Sentences.Select((x, index) => new TurnSentence(
            x.Text,
            [.. x.Citations.Select(i => answer.Citations[i]).Where(isThere).Select(x => NumberOf(x)).Distinct()],
            _failures.GetValueOrDefault(index))));
        foreach (var reference in answer.References.Where(x => isThere(answer.Citations[x.Citation])))
        {
            var number = NumberOf(answer.Citations[reference.Citation], mark: false);
            var where = string.Join(" · ", new[] { reference.Page is { } page ? $"page {page}" : "", reference.Path }.Where(x => x.Length > 0));
            _sources[number - 1].Add(new TurnReference(reference.Words, where, reference.Quote));
        }

        (Receipt, Ended) = (answer.Receipt, true);
    }

    private void Refuse(AnswerView answer) => (Refused, Receipt, Ended) = (answer.Text, answer.Receipt, true);

    // The passage that a quote stands in; else one whose section it does.
    private (PassageView Passage, Chunk Chunk)? PassageOf(CitationView citation) => _found
        .Where(x => x.DocumentId == citation.DocumentId)
        .SelectMany(x => x.Section.Chunks.Select(chunk => (Passage: x, Chunk: chunk)))
        .Where(x => x.Chunk.Start <= citation.Start && citation.End <= x.Chunk.End)
        .OrderBy(x => x.Chunk.Start == x.Passage.Start ? 0 : 1)
        .Cast<(PassageView, Chunk)?>().FirstOrDefault();

    private int NumberOf(CitationView citation, bool mark = true)
    {
        var place = PassageOf(citation);
        var (start, text) = place is { } there ? (there.Chunk.Start, there.Chunk.Text) : (citation.Start, citation.Quote);
        var source = _sources.Find(x => x.Document == citation.DocumentId && x.Start == start);
        if (source is null)
        {
            var number = _sources.Count + 1;
            source = new TurnSource(
                number, $"source-{_id}-{number}", citation.DocumentId, citation.DocumentName, citation.Page, citation.Path, start, text)
            {
                Duplicates = place is { } own && own.Chunk.Start == own.Passage.Start ? own.Passage.Duplicates : [],
                Before = Text(place?.Passage.Section.Chunks.Where(x => x.End <= start)),
                Behind = Text(place?.Passage.Section.Chunks.Where(x => x.Start >= start + text.Length)),
            };
            _sources.Add(source);
        }

        if (mark)
        {
            source.Mark(citation.Start - start, citation.End - start);
        }

        return source.Number;
    }

    private static string Text(IEnumerable<Chunk>? chunks) => string.Join('\n', (chunks ?? []).Select(chunk => chunk.Text));
}
