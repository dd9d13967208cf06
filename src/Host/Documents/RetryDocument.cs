using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;

namespace Tessera.Host.Documents;

/// <summary>Reads a document's newest revision again; null where there is none of this id. One that waits already just waits on.</summary>
internal sealed record RetryDocument(Guid Id) : IRequest<DocumentView?>, IRequireRight
{
    public Right Right => Right.WriteDocuments;
}

internal sealed class RetryDocumentHandler(TenantDbContext rows, DocumentDoor door, JobQueue jobs)
    : IRequestHandler<RetryDocument, DocumentView?>
{
    public async ValueTask<DocumentView?> Handle(RetryDocument request, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return null;
        }

        if (!await rows.Work.AnyAsync(row => row.DocumentId == document.Id, cancellationToken))
        {
            jobs.AddIngest(document, JobPriority.Upload);
            await rows.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            jobs.Wake();
        }

        return DocumentView.Of(document);
    }
}
