using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Startup;

namespace Tessera.Host.Documents;

/// <summary>
/// Deletes a document, and what came out of it where it is an archive: gone for every caller at once, its rows, chunks
/// and bytes by job. False where there is none of this id.
/// </summary>
internal sealed record DeleteDocument(Guid Id) : IRequest<bool>, IRequireRight
{
    public Right Right => Right.WriteDocuments;
}

internal sealed class DeleteDocumentHandler(TenantDbContext rows, DocumentDoor door, JobQueue jobs, TimeProvider time)
    : IRequestHandler<DeleteDocument, bool>
{
    public async ValueTask<bool> Handle(DeleteDocument request, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return false;
        }

        var children = await rows.Documents.Where(row => row.ParentId == document.Id && row.DeletedAt == null).ToListAsync(cancellationToken);
        foreach (var gone in children.Append(document))
        {
            gone.DeletedAt = time.GetUtcNow();
            jobs.AddPurge(gone);
        }

        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        KillPoint.Pass(KillPoint.DeleteCommitted);
        jobs.Wake();
        return true;
    }
}
