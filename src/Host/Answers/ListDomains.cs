using Mediator;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Answers;

/// <summary>The domains that the current tenant may use, ordered by id.</summary>
internal sealed record ListDomains : IRequest<IReadOnlyList<DomainView>>, IRequireRight
{
    public Right Right => Right.SeeDomains;
}

/// <summary>A domain as callers see it.</summary>
/// <param name="Mode"><c>extractive</c> or <c>model</c>: who writes its answers.</param>
internal sealed record DomainView(string Id, string Name, string Version, string Mode);

internal sealed class ListDomainsHandler(EnabledDomains domains, CurrentTenant tenant)
    : IRequestHandler<ListDomains, IReadOnlyList<DomainView>>
{
    // No domain has a chat model until there are models: workspaces are opened without one.
    public async ValueTask<IReadOnlyList<DomainView>> Handle(ListDomains request, CancellationToken cancellationToken) =>
        [.. (await domains.ListAsync(tenant.Id, cancellationToken)).Select(plugin => new DomainView(
            plugin.Profile.Id, plugin.Profile.Name, plugin.Manifest.Version, ReceiptView.Extractive))];
}
