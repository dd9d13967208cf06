using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Jobs;

/// <summary>Makes documents of what an archive holds.</summary>
internal sealed class ArchiveEntries(TenantDbContext rows, BlobStore blobs, TesseraOptions options, TimeProvider time)
{
    /// <summary>Keeps the entries' bytes; the documents are not saved yet.</summary>
    public async Task<IReadOnlyList<Document>> KeepAsync(
        Document archive, IReadOnlyList<ArchiveEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count > 0 && archive.ParentId is not null)
        {
            throw new PermanentException("unsafe-archive", "This entry of an archive is an archive that was not seen as one. Upload it by itself.");
        }

        var documents = new List<Document>(entries.Count);
        try
        {
            foreach (var entry in entries)
            {
                documents.Add(await KeepAsync(archive, entry, documents.Count, cancellationToken));
            }

            return documents;
        }
        catch (PermanentException)
        {
            await ForgetAsync(documents, cancellationToken);
            throw;
        }
    }

    /// <summary>Takes the bytes of documents back that were not saved, now or when this revision was unpacked before.</summary>
    public async Task ForgetAsync(IReadOnlyList<Document> documents, CancellationToken cancellationToken)
    {
        var ids = documents.Select(document => document.Id).ToList();
        var saved = await rows.Documents.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var document in documents.ExceptBy(saved, document => document.Id))
        {
            blobs.Delete(document.TenantId, document.Id, int.MaxValue);
        }
    }

    private async Task<Document> KeepAsync(Document archive, ArchiveEntry entry, int ordinal, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(entry.Path);
        using var staged = await blobs.StageAsync(content, options.UploadLimit, cancellationToken)
            ?? throw new PermanentException("too-large", "An entry of the archive is larger than one file may be. Split it and upload its parts.");
        var (folder, name) = DocumentNames.OfEntry(archive.Folder, archive.Name, entry.Name);
        var document = new Document
        {
            Id = IdOf(archive.Id, archive.Revision, ordinal), TenantId = archive.TenantId, ParentId = archive.Id,
            Domain = archive.Domain, Name = name, Folder = folder, Tags = [.. archive.Tags], Date = archive.Date,
            Language = archive.Language, Bytes = staged.Length, Sha256 = staged.Sha256, CreatedAt = time.GetUtcNow(),
        };
        blobs.Keep(staged, document.TenantId, document.Id, document.Revision);
        return document;
    }

    // The same each time, so that unpacking again overwrites itself; the archive's time in front, so that ids sort by age.
    private static Guid IdOf(Guid archive, int revision, int ordinal)
    {
        Span<byte> input = stackalloc byte[24];
        archive.TryWriteBytes(input, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[16..], revision);
        BinaryPrimitives.WriteInt32BigEndian(input[20..], ordinal);
        Span<byte> id = stackalloc byte[32];
        SHA256.HashData(input, id);
        input[..6].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id[..16], bigEndian: true);
    }
}
