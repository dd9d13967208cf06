using Tessera.Host.Answers;
using Tessera.Host.Answers.Load;
using Tessera.Host.Data;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag.Answers;

namespace Tessera.Host.OpenAi;

/// <summary>Which domain knows most of a question: the one whose best passage covers the largest share of it.</summary>
internal sealed class DomainPick(EnabledDomains domains, DomainWorkspaces workspaces, EvidenceProbe probe, TenantDbContext rows, QuestionPlace place, CurrentTenant tenant)
{
    /// <summary>The domain's id; null where the tenant uses none.</summary>
    public async Task<string?> FindAsync(string question, CancellationToken cancellationToken)
    {
        var (best, most) = ((string?)null, -1.0);
        foreach (var plugin in await domains.ListAsync(tenant.Id, cancellationToken))
        {
            var id = plugin.Manifest.Id;
            if (await workspaces.OpenAsync(tenant.Id, id, cancellationToken) is { } workspace)
            {
                var live = workspace with { Store = new LiveChunkStore(workspace.Store, rows, id) };
                var coverage = await place.WorkAsync(() => probe.CoverageAsync(live, new Question(question), cancellationToken), cancellationToken);
                (best, most) = coverage > most ? (id, coverage) : (best, most);
            }
        }

        return best;
    }
}
