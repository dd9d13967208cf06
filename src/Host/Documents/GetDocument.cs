using Mediator;
using Tessera.Host.Identity;

namespace Tessera.Host.Documents;

/// <summary>One document; null where there is none of this id.</summary>
internal sealed record GetDocument(Guid Id) : IRequest<DocumentView?>, IRequireRight
{
    public Right Right => Right.ReadDocuments;
}

internal sealed class GetDocumentHandler(DocumentDoor door) : IRequestHandler<GetDocument, DocumentView?>
{
    public async ValueTask<DocumentView?> Handle(GetDocument request, CancellationToken cancellationToken) =>
        await door.FindAsync(request.Id, cancellationToken) is { } document ? DocumentView.Of(document) : null;
}
