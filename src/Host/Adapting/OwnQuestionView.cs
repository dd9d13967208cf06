namespace Tessera.Host.Adapting;

/// <summary>An administrator's own question.</summary>
/// <param name="DocumentName">Null where the document is gone: the question is then not asked.</param>
/// <param name="Start">Where the answer begins in the document's text; null: all of the document answers.</param>
/// <param name="End">Just behind its end.</param>
internal sealed record OwnQuestionView(Guid Id, string Question, Guid DocumentId, string? DocumentName, int? Start, int? End, DateTimeOffset CreatedAt)
{
    public static OwnQuestionView Of(OwnQuestion row, string? documentName) =>
        new(row.Id, row.Question, row.DocumentId, documentName, row.Start, row.End, row.CreatedAt);
}
