using Mediator;
using Tessera.Host.Identity;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>Takes a package in: verified, loaded, tested, active, without a restart.</summary>
/// <param name="Package">The whole archive, at most <see cref="PackageArchive.LargestArchive"/>.</param>
internal sealed record InstallPlugin(ReadOnlyMemory<byte> Package) : IRequest<PluginOutcome>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

/// <summary>What becomes of a package. Closed.</summary>
internal abstract record PluginOutcome
{
    private PluginOutcome()
    {
    }

    internal sealed record Active(PluginView Plugin) : PluginOutcome;

    /// <summary>All is as it was.</summary>
    internal sealed record Refused(PackageRefusal Refusal) : PluginOutcome;
}

internal sealed class InstallPluginHandler(PluginInstaller installer, PluginViews views) : IRequestHandler<InstallPlugin, PluginOutcome>
{
    public async ValueTask<PluginOutcome> Handle(InstallPlugin request, CancellationToken cancellationToken) =>
        await installer.InstallAsync(request.Package, cancellationToken) is (var active, var refusal) && active is not null
            ? new PluginOutcome.Active(views.Of(active))
            : new PluginOutcome.Refused(refusal!);
}
