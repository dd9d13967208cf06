using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Observability;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Documents;

/// <summary>Takes a file in. When it is answered, bytes, document and job outlive a loss of power.</summary>
/// <param name="Domain">The domain's id.</param>
/// <param name="Name">The file's name as it was sent.</param>
/// <param name="Blob">Its bytes; moved to the document where it is accepted.</param>
/// <param name="Fields">What the uploader says of it.</param>
internal sealed record UploadDocument(string Domain, string Name, StagedBlob Blob, SentFields Fields)
    : IRequest<UploadOutcome>, IRequireRight
{
    public Right Right => Right.WriteDocuments;
}

/// <summary>How an upload ended. Closed.</summary>
internal abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary>A new document, or a new revision of the one that has this name in this folder.</summary>
    internal sealed record Accepted(DocumentView Document) : UploadOutcome;

    /// <summary>The folder has this name with these bytes already.</summary>
    internal sealed record Unchanged(DocumentView Document) : UploadOutcome;

    internal sealed record UnknownDomain : UploadOutcome;

    internal sealed record Empty : UploadOutcome;

    /// <summary>A name or a field is not taken.</summary>
    /// <param name="Problem">What is wrong and the way out.</param>
    internal sealed record Invalid(string Problem) : UploadOutcome;
}

internal sealed class UploadDocumentHandler(
    TenantDbContext rows, EnabledDomains domains, BlobStore blobs, JobQueue jobs, CurrentTenant tenant, CallerLookup callers, TimeProvider time)
    : IRequestHandler<UploadDocument, UploadOutcome>
{
    public async ValueTask<UploadOutcome> Handle(UploadDocument request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return new UploadOutcome.UnknownDomain();
        }

        var (name, wrong) = DocumentNames.ReadName(request.Name);
        var (fields, problem) = DocumentFields.Read(request.Fields);
        if (wrong is not null || fields is null)
        {
            return new UploadOutcome.Invalid(wrong ?? problem!);
        }

        return request.Blob.Length == 0
            ? new UploadOutcome.Empty()
            : await SaveAsync(request.Domain, name, request.Blob, fields, cancellationToken);
    }

    // One transaction, begun as the only writer: of two uploads of one name the second sees the first.
    private async Task<UploadOutcome> SaveAsync(
        string domain, string name, StagedBlob blob, DocumentFields fields, CancellationToken cancellationToken)
    {
        KillPoint.Pass(KillPoint.UploadStaged);
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);

        // A large file takes its time: meanwhile the caller, or the whole tenant, may have been deleted.
        if (tenant.Caller.UserId != CallerIdentity.Operator.UserId
            && await callers.ByUserAsync(tenant.Caller.UserId, tenant.Id, cancellationToken) is null)
        {
            throw new ProblemException(ErrorCode.Unauthenticated, "Your access ended while the file was sent.");
        }

        var document = await rows.Documents.FirstOrDefaultAsync(
            row => row.Domain == domain && row.Folder == fields.Folder && row.Name == name && row.ParentId == null && row.DeletedAt == null,
            cancellationToken);
        if (document?.Sha256 == blob.Sha256)
        {
            return new UploadOutcome.Unchanged(DocumentView.Of(document));
        }

        if (document is null)
        {
            var now = time.GetUtcNow();
            document = new Document
            {
                Id = Guid.CreateVersion7(now), TenantId = tenant.Id, Domain = domain, Name = name, Folder = fields.Folder,
                Bytes = blob.Length, Sha256 = blob.Sha256, CreatedAt = now,
            };
            rows.Documents.Add(document);
        }
        else
        {
            // Pages and chunks go on telling of what searches see until this one is indexed.
            (document.Bytes, document.Sha256, document.Revision) = (blob.Length, blob.Sha256, document.Revision + 1);
        }

        (document.Tags, document.Date, document.Language) = (fields.Tags, fields.Date, fields.Language);
        jobs.AddIngest(document, JobPriority.Upload);
        blobs.Keep(blob, tenant.Id, document.Id, document.Revision);
        KillPoint.Pass(KillPoint.UploadKept);
        var isCommitting = false;
        try
        {
            // Not to be cancelled: whether a commit that was cut short took place could not be told.
            await rows.SaveChangesAsync(CancellationToken.None);
            isCommitting = true;
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception fault) when (!isCommitting || Faults.IsDiskFull(fault))
        {
            // Not where the commit may have taken place: bytes that no row names go with the next start, a row needs its bytes.
            File.Delete(blobs.PathOf(tenant.Id, document.Id, document.Revision));
            throw;
        }

        KillPoint.Pass(KillPoint.UploadCommitted);
        jobs.Wake();
        HostTelemetry.Uploaded(domain, blob.Length);
        return new UploadOutcome.Accepted(DocumentView.Of(document));
    }
}
