using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Plugins;
using Tessera.Inference;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>
/// Which model a domain uses for a role, for one tenant. In this order: what the tenant chose for the domain, what it chose for every
/// domain, the server elsewhere that it enabled, what the domain's manifest names, the platform's default. A choice of the tenant whose
/// model cannot be used ends the search: what comes next might send text away that was meant to stay.
/// </summary>
internal sealed class ModelResolver(CatalogDbContext catalog, ModelFiles files, ModelAdapters adapters, RemoteKeys keys)
{
    /// <exception cref="ModelException">The domain's adapter is not there, or was made for another model.</exception>
    public async Task<ModelChoice> ResolveAsync(TenantId tenant, LoadedPlugin plugin, ModelRole role, CancellationToken cancellationToken)
    {
        var named = plugin.Manifest.Models.GetValueOrDefault(ModelRoles.Text(role));
        return await FindAsync(tenant, plugin, role, cancellationToken) switch
        {
            ModelChoice.Local { Model: var model } when named?.AdapterSha256 is { } adapter && IsNamed(model, named) =>
                new ModelChoice.Local(model, adapters.Require(adapter, model)),
            var choice => choice,
        };
    }

    /// <summary>Whether there is a model at all. Cheap.</summary>
    public async Task<bool> HasAsync(TenantId tenant, LoadedPlugin plugin, ModelRole role, CancellationToken cancellationToken) =>
        await FindAsync(tenant, plugin, role, cancellationToken) is not ModelChoice.None;

    private async Task<ModelChoice> FindAsync(TenantId tenant, LoadedPlugin plugin, ModelRole role, CancellationToken cancellationToken)
    {
        var domain = plugin.Manifest.Id;
        var settings = await catalog.ModelSettings.AsNoTracking()
            .Where(row => row.TenantId == tenant && row.Role == role && (row.DomainId == domain || row.DomainId == TenantModelSetting.EveryDomain))
            .ToListAsync(cancellationToken);
        if (settings.MaxBy(row => row.DomainId.Length) is { } setting)
        {
            return Local(setting.ModelSha256 is { } chosen ? await catalog.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == chosen, cancellationToken) : null);
        }

        if (await RemoteAsync(tenant, role, cancellationToken) is { } remote)
        {
            return remote;
        }

        var models = await catalog.Models.AsNoTracking().Where(row => row.Role == role && row.State == ModelState.Ready).ToListAsync(cancellationToken);
        var named = plugin.Manifest.Models.GetValueOrDefault(ModelRoles.Text(role));
        return Local((named is null ? null : models.Find(row => IsNamed(FileOf(row), named))) ?? models.Find(row => row.IsDefault));
    }

    private async Task<ModelChoice?> RemoteAsync(TenantId tenant, ModelRole role, CancellationToken cancellationToken)
    {
        var row = await catalog.TenantRemotes.AsNoTracking().FirstOrDefaultAsync(row => row.TenantId == tenant && row.Enabled, cancellationToken);
        var model = role switch
        {
            ModelRole.Chat => row?.ChatModel,
            ModelRole.Embedding => row?.EmbeddingModel,
            _ => null,
        };
        return row is null || model is null
            ? null
            : new ModelChoice.Remote(new RemoteServer(tenant, new Uri(row.BaseUrl), row.SealedKey is { } key ? keys.Open(key) : null), model);
    }

    private ModelChoice Local(InstalledModel? row) =>
        row is { State: ModelState.Ready } ? new ModelChoice.Local(FileOf(row), null) : ModelChoice.None.Instance;

    private ModelFile FileOf(InstalledModel row) => new(row.Name, files.PathOf(row.Sha256), row.Sha256);

    // A hash that is pinned says more than a name.
    private static bool IsNamed(ModelFile model, ModelRef named) =>
        named.Sha256 is { } pinned ? model.Sha256 == pinned : ModelName.Key(model.Name) == ModelName.Key(named.Name);
}
