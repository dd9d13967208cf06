using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Jobs;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>One thing of every kind for a tenant, so that there is something of each to leak.</summary>
internal static class WorldSeed
{
    public static async Task PlantAsync(TenantWorld world, WorldTenant tenant)
    {
        var clerk = await world.CallAsync(tenant, HttpMethod.Post, "/api/v1/admin/users", new { tenantId = tenant.Id.Value, name = $"clerk-{tenant.Token}", role = "Reader", password = "moss-on-nine-stones" }, HttpStatusCode.Created);
        tenant.ClerkId = tenant.Had(clerk.Id());
        await PlantRowsAsync(world, tenant);
        foreach (var act in (WorldAct[])[WorldAct.Upload, WorldAct.AddKey, WorldAct.NameServer, WorldAct.AddQuestion])
        {
            await WorldActs.DoAsync(world, tenant, new WorldStep(act, 0, 0, Pick: 0));
        }

        await WorldActs.DoAsync(world, tenant, new WorldStep(WorldAct.Converse, 0, 0, Pick: 1));
    }

    // A job that is due next year, and models that were adapted: no door makes either so soon.
    private static async Task PlantRowsAsync(TenantWorld world, WorldTenant tenant)
    {
        await using var scope = world.Host.Scope(tenant.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var (now, about) = (TimeProvider.System.GetUtcNow(), tenant.Had(Guid.CreateVersion7()));
        tenant.JobId = tenant.Had(Guid.CreateVersion7());
        rows.Jobs.Add(new Job { Id = tenant.JobId, TenantId = tenant.Id, Kind = JobKind.Ingest, DocumentId = about, Revision = 1, State = JobState.Queued, CreatedAt = now, Reason = tenant.Token });
        rows.Work.Add(new WorkItem { Id = tenant.JobId, TenantId = tenant.Id, JobId = tenant.JobId, DocumentId = about, Priority = 0, DueAt = now.AddYears(1) });
        rows.Adaptations.Add(new Adaptation { Id = tenant.Had(Guid.CreateVersion7()), TenantId = tenant.Id, Domain = TenantWorld.Domain, State = AdaptationState.Lost, PackageSha256 = new string('0', 64), Reason = tenant.Token, CreatedAt = now });
        await rows.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
