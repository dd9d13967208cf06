using Mediator;
using Tessera.Host.Answers;
using Tessera.Host.Documents;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Conversations;

/// <summary>The passages that quotes of an earlier answer stand in, as far as documents still say so.</summary>
internal sealed record FindQuoted(IReadOnlyList<CitationView> Citations) : IRequest<IReadOnlyList<PassageView>>, IRequireRight
{
    public Right Right => Right.ReadDocuments;
}

internal sealed class FindQuotedHandler(DocumentDoor door, DocumentChunks stored) : IRequestHandler<FindQuoted, IReadOnlyList<PassageView>>
{
    public async ValueTask<IReadOnlyList<PassageView>> Handle(FindQuoted request, CancellationToken cancellationToken)
    {
        var found = new List<PassageView>();
        foreach (var quotes in request.Citations.GroupBy(citation => citation.DocumentId))
        {
            if (await door.FindAsync(quotes.Key, cancellationToken) is { } document)
            {
                var chunks = await stored.ReadAsync(document, cancellationToken);
                found.AddRange(chunks.Where(chunk => quotes.Any(quote => Says(chunk, quote)))
                    .Select(chunk => PassageView.Of(new Passage(chunk, 0), _ => new FoundDocument(document.Name, document.Folder))));
            }
        }

        return found;
    }

    private static bool Says(Chunk chunk, CitationView quote) =>
        chunk.Start <= quote.Start && quote.End <= chunk.End
        && string.CompareOrdinal(chunk.Text, quote.Start - chunk.Start, quote.Quote, 0, quote.Quote.Length) == 0;
}
