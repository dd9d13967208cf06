using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;

namespace Tessera.Host.Models;

/// <summary>Where a name becomes a model.</summary>
internal static class ModelRows
{
    /// <summary>The row, tracked; null: no model is called so. Names are compared without regard to case.</summary>
    public static Task<InstalledModel?> FindModelAsync(this CatalogDbContext catalog, string name, CancellationToken cancellationToken)
    {
        var key = ModelName.Key(name);
        return catalog.Models.FirstOrDefaultAsync(row => row.NameKey == key, cancellationToken);
    }
}
