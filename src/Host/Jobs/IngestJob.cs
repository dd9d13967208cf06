using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Hosts;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>Reads one revision of a document and makes it searchable; an archive becomes a document for each entry.</summary>
internal sealed class IngestJob(
    TenantDbContext rows,
    EnabledDomains domains,
    IDocumentReader reader,
    IngestionPipeline pipeline,
    IndexWriter indexes,
    ITurns turns,
    BlobStore blobs,
    ArchiveEntries archives,
    IngestProgress progress,
    JobQueue jobs,
    TesseraOptions options)
{
    public async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        var document = await rows.Documents.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == job.DocumentId && row.Revision == job.Revision && row.DeletedAt == null, cancellationToken);
        if (document is null)
        {
            // Deleted, or another revision is on its way.
            await jobs.EndAsync(job, JobState.Done, null, cancellationToken);
            return;
        }

        var plugin = await domains.FindAsync(document.TenantId, document.Domain, cancellationToken)
            ?? throw new PermanentException("domain-inactive", "Its domain is not active for your tenant. Have an administrator enable it, then retry.");
        if (!await progress.BeginAsync(job, cancellationToken))
        {
            return;
        }

        KillPoint.Pass(KillPoint.IngestBegun);
        var unpacked = Directory.CreateDirectory(Path.Combine(options.ScratchFolder, "jobs", job.Id.ToString("N")));
        try
        {
            var outcome = await reader.ReadAsync(
                document.TenantId, blobs.PathOf(document.TenantId, document.Id, job.Revision), document.Name, unpacked.FullName, cancellationToken);
            KillPoint.Pass(KillPoint.IngestRead);
            await (outcome switch
            {
                ReadOutcome.Text text => IndexAsync(job, document, plugin.Roles, text, [], cancellationToken),
                ReadOutcome.Archive archive => IndexAsync(job, document, plugin.Roles, new ReadOutcome.Text([], null), archive.Entries, cancellationToken),
                ReadOutcome.Failed failed => progress.FailAsync(job.Id, failed.Code, failed.Reason, cancellationToken),
                _ => throw new InvalidOperationException("Reading ends as text, archive or failed."),
            });
        }
        finally
        {
            unpacked.Delete(recursive: true);
        }
    }

    // An archive has no text of its own: indexed as empty, so that nothing stays of a revision that had some.
    private async Task IndexAsync(
        Job job, Document document, DomainRoles roles, ReadOutcome.Text text, IReadOnlyList<ArchiveEntry> entries, CancellationToken cancellationToken)
    {
        await progress.ShowAsync(job, DocumentStatus.Indexing, cancellationToken);
        using var joined = await blobs.StageTextAsync(string.Join(Section.Joint, text.Sections.Select(section => section.Text)), cancellationToken);

        // What may fail comes first: until this revision is indexed, passages and the text that they count in are the old ones.
        var children = await archives.KeepAsync(document, entries, cancellationToken);
        var cut = await pipeline.CutAsync(roles, document.ToStored(), text.Sections, cancellationToken);
        await using var turn = await turns.TakeAsync(TurnNames.Document(document.Id), cancellationToken);
        var written = await indexes.WriteAsync(document, job.Revision, cut, cancellationToken);
        KillPoint.Pass(KillPoint.IngestIndexed);
        blobs.KeepText(joined, document.TenantId, document.Id, job.Revision);
        KillPoint.Pass(KillPoint.IngestTextKept);
        IngestEnd end;
        while ((end = await progress.FinishAsync(job, text.Pages, cut.Chunks.Count, children, written, cancellationToken)) == IngestEnd.Unseen)
        {
            written = await indexes.WriteAsync(document, job.Revision, cut, cancellationToken);
        }

        KillPoint.Pass(KillPoint.IngestFinished);
        if (end == IngestEnd.Current)
        {
            blobs.Delete(document.TenantId, document.Id, job.Revision);
            KillPoint.Pass(KillPoint.IngestSwept);
            jobs.WakeAll();
        }
        else
        {
            await archives.ForgetAsync(children, cancellationToken);
        }
    }
}
