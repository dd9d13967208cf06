using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Host.Jobs;

namespace Tessera.Host.Data;

/// <summary>Both contexts see the table <c>work</c>: one claims from it, the other saves a row with its job. The catalog makes it.</summary>
internal static class WorkMapping
{
    public static void MapWork(this EntityTypeBuilder<WorkItem> work)
    {
        work.ToTable("work");
        work.HasIndex(row => row.JobId).IsUnique();
        work.HasIndex(row => row.DocumentId);
        work.HasIndex(row => new { row.DueAt, row.Priority });
    }
}
