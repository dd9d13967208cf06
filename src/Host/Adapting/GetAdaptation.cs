using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag.Adapting;

namespace Tessera.Host.Adapting;

/// <summary>Where adapting a domain's models stands; null where the tenant has no such domain.</summary>
internal sealed record GetAdaptation(string Domain) : IRequest<AdaptationView?>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class GetAdaptationHandler(
    TenantDbContext rows, EnabledDomains domains, AdaptationOffer offer, AdaptationMaterial material, DomainIndexes indexes, AdaptedModels models, CurrentTenant tenant)
    : IRequestHandler<GetAdaptation, AdaptationView?>
{
    public async ValueTask<AdaptationView?> Handle(GetAdaptation request, CancellationToken cancellationToken)
    {
        var domain = request.Domain;
        if (await domains.FindAsync(tenant.Id, domain, cancellationToken) is not { } plugin)
        {
            return null;
        }

        var (headings, reason) = await offer.LookAsync(plugin, cancellationToken);
        var all = await rows.Adaptations.AsNoTracking().Where(row => row.Domain == domain).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
        var last = all.FirstOrDefault();
        var job = last is null ? null : await rows.Jobs.AsNoTracking()
            .FirstOrDefaultAsync(row => row.DocumentId == last.Id && row.Kind == JobKind.Adapt, cancellationToken);
        var used = all.Find(row => row.InUse);
        return new AdaptationView(
            domain,
            reason is null && last?.State != AdaptationState.Running,
            reason ?? (last?.State == AdaptationState.Running ? StartAdaptation.Running : null),
            headings,
            HeadingSplit.Needed,
            await material.CountRatedAsync(domain, cancellationToken),
            await rows.OwnQuestions.CountAsync(row => row.Domain == domain, cancellationToken),
            last is null ? null : AdaptationRunView.Of(last, job),
            used is null ? null : AdaptationRunView.Of(used, null),
            await indexes.ActiveAsync(domain, cancellationToken) != models.KeyOf(tenant.Id, plugin));
    }
}
