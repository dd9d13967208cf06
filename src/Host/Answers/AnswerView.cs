using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>A whole answer as callers see it.</summary>
/// <param name="Status"><c>answered</c> or <c>refused</c>.</param>
internal sealed record AnswerView(
    string Status,
    string Text,
    IReadOnlyList<SentenceView> Sentences,
    IReadOnlyList<CitationView> Citations,
    ReceiptView Receipt)
{
    /// <summary>What words of the citations refer to in their documents.</summary>
    public IReadOnlyList<ReferenceView> References { get; init; } = [];

    public const string Answered = "answered";
    public const string Refused = "refused";

    public static AnswerView Of(Answer answer, IReadOnlyList<Passage> passages, Func<DocumentId, FoundDocument> documentOf) => new(
        answer.Status == AnswerStatus.Answered ? Answered : Refused,
        answer.Text,
        [.. answer.Sentences.Select(sentence => new SentenceView(sentence.Text, sentence.Start, sentence.End, sentence.Citations))],
        [.. answer.Citations.Select(citation => CitationView.Of(citation, passages, documentOf))],
        ReceiptView.Of(answer.Receipt))
    {
        References = [.. answer.References.Select(x => ReferenceView.Of(x, documentOf))],
    };
}
