using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tessera.Host.Backups;

/// <summary>The first entry of a backup: what it is, and of which rows.</summary>
/// <param name="Format">How the archive is made; <see cref="Current"/>.</param>
/// <param name="Rows">A hash of all tables and columns: only a host that has the same can restore them.</param>
/// <param name="Product">The version that made it, for people.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record BackupManifest(int Format, string Rows, string Product, DateTimeOffset CreatedAt)
{
    public const int Current = 1;

    /// <summary>Names the rows of some contexts alike on every database.</summary>
    public static string RowsOf(params IEnumerable<DbContext> contexts)
    {
        var columns = contexts.SelectMany(rows => rows.Model.GetEntityTypes()).SelectMany(entity => entity.GetProperties())
            .Select(column => $"{column.DeclaringType.ContainingEntityType.GetTableName()}.{column.Name}:{column.ClrType}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', columns.Distinct().Order(StringComparer.Ordinal)))));
    }
}

/// <summary>The last entry: an archive without it was cut off.</summary>
/// <param name="Tenants">How many there are.</param>
/// <param name="Documents">How many have their bytes in it.</param>
/// <param name="Missing">Files that rows name and that were not there when the backup was made.</param>
internal sealed record BackupSummary(int Tenants, int Documents, int Missing);
