using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Plugins;

/// <summary>Takes a domain away from everybody at once. Documents stay and can be asked again once it is back.</summary>
internal sealed record RemovePlugin(string Domain) : IRequest<RemovalOutcome>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

/// <summary>What becomes of a removal.</summary>
internal enum RemovalOutcome
{
    Removed,
    Unknown,

    /// <summary>It came with the host and would be back at the next start: tenants switch it off instead.</summary>
    CameWithHost,
}

internal sealed class RemovePluginHandler(PluginInstaller installer, CatalogDbContext catalog) : IRequestHandler<RemovePlugin, RemovalOutcome>
{
    public async ValueTask<RemovalOutcome> Handle(RemovePlugin request, CancellationToken cancellationToken)
    {
        var row = await catalog.Plugins.AsNoTracking().FirstOrDefaultAsync(row => row.DomainId == request.Domain, cancellationToken);
        return row is null ? RemovalOutcome.Unknown
            : row.Bundled ? RemovalOutcome.CameWithHost
            : await installer.RemoveAsync(request.Domain, cancellationToken) ? RemovalOutcome.Removed
            : RemovalOutcome.Unknown;
    }
}
