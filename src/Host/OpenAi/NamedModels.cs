using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Models;
using Tessera.Inference;

namespace Tessera.Host.OpenAi;

/// <summary>The installed models by the names that callers give.</summary>
internal sealed class NamedModels(CatalogDbContext catalog, ModelFiles files)
{
    /// <summary>Those that can be used, by name.</summary>
    public Task<List<InstalledModel>> ListAsync(CancellationToken cancellationToken) =>
        catalog.Models.AsNoTracking().Where(row => row.State == ModelState.Ready).OrderBy(row => row.NameKey).ToListAsync(cancellationToken);

    /// <summary>A model of this name for this role; null: there is none.</summary>
    public async Task<ModelFile?> FindAsync(string name, ModelRole role, CancellationToken cancellationToken)
    {
        var key = ModelName.Key(name);
        return await catalog.Models.AsNoTracking().FirstOrDefaultAsync(row => row.NameKey == key && row.Role == role && row.State == ModelState.Ready, cancellationToken) is { } row
            ? new ModelFile(row.Name, files.PathOf(row.Sha256), row.Sha256)
            : null;
    }
}
