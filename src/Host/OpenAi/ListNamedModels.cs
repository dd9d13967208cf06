using Mediator;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;

namespace Tessera.Host.OpenAi;

/// <summary>What the caller may name as <c>model</c>: domains first, then models.</summary>
internal sealed record ListNamedModels : IRequest<IReadOnlyList<NamedModelView>>, IRequireRight
{
    public Right Right => Right.Converse;
}

internal sealed class ListNamedModelsHandler(EnabledDomains domains, NamedModels models, CurrentTenant tenant)
    : IRequestHandler<ListNamedModels, IReadOnlyList<NamedModelView>>
{
    public async ValueTask<IReadOnlyList<NamedModelView>> Handle(ListNamedModels request, CancellationToken cancellationToken)
    {
        var views = new List<NamedModelView>();
        if (tenant.Caller.Has(Right.Ask))
        {
            var plugins = await domains.ListAsync(tenant.Id, cancellationToken);
            views.AddRange(plugins.Select(plugin => plugin.Manifest.Id).Append(CompleteChat.Auto).Select(id => new NamedModelView(id, "model", 0, "tessera")));
        }

        if (tenant.Caller.Has(Right.UseModels))
        {
            var installed = await models.ListAsync(cancellationToken);
            views.AddRange(installed.Where(row => row.Role is ModelRole.Chat or ModelRole.Embedding)
                .Select(row => new NamedModelView(row.Name, "model", row.AddedAt.ToUnixTimeSeconds(), "local")));
        }

        return views;
    }
}
