using Mediator;
using Tessera.Host.Identity;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;

namespace Tessera.Host.Answers;

/// <summary>The domains that the current tenant may use, ordered by id.</summary>
internal sealed record ListDomains : IRequest<IReadOnlyList<DomainView>>, IRequireRight
{
    public Right Right => Right.SeeDomains;
}

/// <summary>A domain as callers see it.</summary>
/// <param name="Mode"><c>extractive</c> or <c>model</c>: who writes its answers.</param>
internal sealed record DomainView(string Id, string Name, string Version, string Mode);

internal sealed class ListDomainsHandler(EnabledDomains domains, ModelResolver models, CurrentTenant tenant)
    : IRequestHandler<ListDomains, IReadOnlyList<DomainView>>
{
    public async ValueTask<IReadOnlyList<DomainView>> Handle(ListDomains request, CancellationToken cancellationToken)
    {
        var views = new List<DomainView>();
        foreach (var plugin in await domains.ListAsync(tenant.Id, cancellationToken))
        {
            var mode = await models.HasAsync(tenant.Id, plugin, ModelRole.Chat, cancellationToken) ? ReceiptView.ByModel : ReceiptView.Extractive;
            views.Add(new DomainView(plugin.Profile.Id, plugin.Profile.Name, plugin.Manifest.Version, mode));
        }

        return views;
    }
}
