using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Adapting;

/// <summary>Adapts a domain's models to the current tenant, as a job.</summary>
internal sealed record StartAdaptation(string Domain) : IRequest<Outcome<AdaptationRunView>>, IRequireRight
{
    public const string Running = "The models are being adapted just now. Wait until it is over, or cancel it.";
    public const string TooFew = "There are fewer titles and headings by now than are needed. Add documents with headings.";

    public Right Right => Right.ManageTenant;
}

internal sealed class StartAdaptationHandler(
    TenantDbContext rows, EnabledDomains domains, AdaptationOffer offer, JobQueue jobs, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<StartAdaptation, Outcome<AdaptationRunView>>
{
    public async ValueTask<Outcome<AdaptationRunView>> Handle(StartAdaptation request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is not { } plugin)
        {
            return new Outcome<AdaptationRunView>.Refused(ErrorCode.UnknownDomain, Problems.UnknownDomainText);
        }

        if ((await offer.LookAsync(plugin, cancellationToken)).Reason is { } reason)
        {
            return new Outcome<AdaptationRunView>.Refused(ErrorCode.Conflict, reason);
        }

        var now = time.GetUtcNow();
        var row = new Adaptation
        {
            Id = Guid.CreateVersion7(now), TenantId = tenant.Id, Domain = request.Domain, State = AdaptationState.Running,
            PackageSha256 = plugin.PackageSha256, CreatedAt = now,
        };
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        if (await rows.Adaptations.AnyAsync(other => other.Domain == request.Domain && other.State == AdaptationState.Running, cancellationToken))
        {
            return new Outcome<AdaptationRunView>.Refused(ErrorCode.Conflict, StartAdaptation.Running);
        }

        rows.Adaptations.Add(row);
        var job = jobs.AddAdapt(row);
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.Wake();
        return AdaptationRunView.Of(row, job);
    }
}
