using System.Text;
using Tessera.Host.Answers;

namespace Tessera.Host.Portal.Parts;

/// <summary>A question and what came of it so far. Used by one circuit.</summary>
public sealed class Turn(string question, AskableDomain domain)
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly StringBuilder _draft = new();
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
            case AnswerStep.Completed completed:
                _sentences.AddRange(completed.Answer.Sentences.Select(x => new TurnSentence(
                    x.Text, [.. x.Citations.Select(i => NumberOf(completed.Answer.Citations[i])).Distinct()])));
                (Receipt, Ended) = (completed.Answer.Receipt, true);
                break;
            case AnswerStep.Refused refused:
                (Refused, Receipt, Ended) = (refused.Answer.Text, refused.Answer.Receipt, true);
                break;
        }
    }

    /// <summary>Ends without an answer.</summary>
    internal void End(string problem) => (Problem, Ended) = (problem, true);

    private int NumberOf(CitationView citation)
    {
        var passage = _found.FirstOrDefault(
            x => x.DocumentId == citation.DocumentId && x.Start <= citation.Start && citation.End <= x.End);
        var (start, text) = passage is null ? (citation.Start, citation.Quote) : (passage.Start, passage.Text);
        var source = _sources.Find(x => x.Document == citation.DocumentId && x.Start == start);
        if (source is null)
        {
            var number = _sources.Count + 1;
            source = new TurnSource(
                number, $"source-{_id}-{number}", citation.DocumentId, citation.DocumentName, citation.Page, citation.Path, start, text);
            _sources.Add(source);
        }

        source.Mark(citation.Start - start, citation.End - start);
        return source.Number;
    }
}
