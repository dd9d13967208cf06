using Mediator;
using Tessera.Host.Identity;
using Tessera.Rag;

namespace Tessera.Host.Documents;

/// <summary>
/// A document's bytes as uploaded, of the newest revision; or the text that the offsets of passages count in, of the newest
/// revision that searches see, which is an older one until the newest is indexed.
/// </summary>
internal sealed record OpenContent(Guid Id, bool AsText) : IRequest<ContentOutcome>, IRequireRight
{
    public Right Right => Right.ReadDocuments;
}

/// <summary>What is there. Closed.</summary>
internal abstract record ContentOutcome
{
    private ContentOutcome()
    {
    }

    /// <summary>Open; whoever asked disposes it.</summary>
    internal sealed record Opened(FileStream Stream, string Name) : ContentOutcome;

    /// <summary>It was not read, or holds no text that could be.</summary>
    internal sealed record NoText(DocumentView Document) : ContentOutcome;

    internal sealed record NotFound : ContentOutcome;
}

internal sealed class OpenContentHandler(DocumentDoor door, BlobStore blobs) : IRequestHandler<OpenContent, ContentOutcome>
{
    public async ValueTask<ContentOutcome> Handle(OpenContent request, CancellationToken cancellationToken)
    {
        if (await door.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return new ContentOutcome.NotFound();
        }

        if (request.AsText && document.IndexedRevision == 0)
        {
            return new ContentOutcome.NoText(DocumentView.Of(document));
        }

        var path = request.AsText
            ? blobs.TextPathOf(document.TenantId, document.Id, document.IndexedRevision)
            : blobs.PathOf(document.TenantId, document.Id, document.Revision);
        try
        {
            return new ContentOutcome.Opened(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous),
                document.Name);
        }
        catch (FileNotFoundException gone)
        {
            throw new TransientException("Another revision took this one's place just now.", gone);
        }
    }
}
