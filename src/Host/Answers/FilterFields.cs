using Tessera.Host.Errors;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The filter of a search or a question: OR within a field, AND between fields.</summary>
/// <param name="Folders">Each with all below it.</param>
/// <param name="Languages">BCP 47 tags, compared without case.</param>
/// <param name="From">First date, <c>yyyy-MM-dd</c>; documents without a date do not match.</param>
/// <param name="To">Last date, inclusive.</param>
internal sealed record FilterFields(
    IReadOnlyList<Guid>? Documents = null,
    IReadOnlyList<string>? Folders = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyList<string>? Languages = null,
    DateOnly? From = null,
    DateOnly? To = null)
{
    private const int Most = 1000;

    /// <exception cref="ProblemException">A field has too many values, an empty one, or the dates are the wrong way round.</exception>
    public SearchFilter Read()
    {
        if (From > To)
        {
            throw new ProblemException(ErrorCode.InvalidRequest, "filter: from is after to.");
        }

        return new SearchFilter
        {
            Documents = [.. Few(Documents, "documents").Select(id => new DocumentId(id))],
            Folders = [.. Words(Folders, "folders").Select(folder => folder.Trim('/'))],
            Tags = Words(Tags, "tags"),
            Languages = Words(Languages, "languages"),
            From = From,
            To = To,
        };
    }

    private static IReadOnlyList<string> Words(IReadOnlyList<string>? values, string field) => Few(values, field).Contains(null!)
        ? throw new ProblemException(ErrorCode.InvalidRequest, $"filter: {field} holds a null.")
        : values ?? [];

    private static IReadOnlyList<T> Few<T>(IReadOnlyList<T>? values, string field) => values is { Count: > Most }
        ? throw new ProblemException(ErrorCode.InvalidRequest, $"filter: {field} holds at most {Most} values.")
        : values ?? [];
}
