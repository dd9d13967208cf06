using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;

namespace Tessera.Host.Documents;

/// <summary>The one place where an id becomes a document: of the current tenant, not deleted, or nothing.</summary>
internal sealed class DocumentDoor(TenantDbContext rows)
{
    /// <summary>The row, tracked; null for ids that are unknown, foreign or deleted.</summary>
    public Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        rows.Documents.FirstOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken);
}
