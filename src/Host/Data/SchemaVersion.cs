using Microsoft.EntityFrameworkCore;

namespace Tessera.Host.Data;

/// <summary>Which migrations a database has seen.</summary>
internal static class SchemaVersion
{
    /// <summary>Refuses a database that a newer version of Tessera has changed: this one would not know what it writes.</summary>
    /// <exception cref="SchemaException">It is newer.</exception>
    public static async Task RefuseNewerAsync(DbContext context, CancellationToken cancellationToken)
    {
        var unknown = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(context.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new SchemaException(
                $"The database was changed by a newer version of Tessera ({unknown[^1]}). Start that version, or restore a backup that this one made.");
        }
    }
}
