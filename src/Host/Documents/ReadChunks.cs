using System.Globalization;
using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Documents;

/// <summary>What searches see of a document, in its order; null where there is none of this id.</summary>
internal sealed record ReadChunks(Guid Id, PageQuery Page) : IRequest<Page<ChunkView>?>, IRequireRight
{
    public Right Right => Right.ReadDocuments;
}

internal sealed class ReadChunksHandler(DocumentDoor door, DocumentChunks stored) : IRequestHandler<ReadChunks, Page<ChunkView>?>
{
    public async ValueTask<Page<ChunkView>?> Handle(ReadChunks request, CancellationToken cancellationToken)
    {
        var after = After(request.Page);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return null;
        }

        var chunks = await stored.ReadAsync(document, cancellationToken);
        var rest = chunks.SkipWhile(chunk => chunk.Ordinal <= after).Take(request.Page.Size + 1).Select(ChunkView.Of).ToList();
        return Page<ChunkView>.Of(rest, request.Page, chunk => chunk.Ordinal.ToString(CultureInfo.InvariantCulture));
    }

    private static int After(PageQuery page) => page.After is not { } key ? -1
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal
        : throw new ProblemException(ErrorCode.InvalidRequest, "The cursor is not one that this list gave out.");
}
