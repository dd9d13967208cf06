using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Sdk;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>Code that forgot whose rows it writes: the context refuses, and nothing of the other tenant changes.</summary>
internal static class WorldForgery
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task TryAsync(TenantWorld world, WorldTenant who, WorldTenant whose)
    {
        await RefuseAsync(world, who, rows => rows.Add(Row(whose.Id, Guid.CreateVersion7())));
        foreach (var paper in whose.Papers.Values)
        {
            await RefuseAsync(world, who, rows => rows.Update(Row(whose.Id, paper.Id)));
            await RefuseAsync(world, who, rows => rows.Remove(Row(whose.Id, paper.Id)));

            // Own by its looks: the id is the other's, or the other's row is to become one's own.
            await RefuseAsync(world, who, rows => rows.Entry(rows.Attach(Row(who.Id, paper.Id)).Entity).Property(row => row.TenantId).OriginalValue = whose.Id, makesModified: true);
            await RefuseUnknownAsync(world, who, rows => rows.Update(Row(who.Id, paper.Id)));
            await RefuseUnknownAsync(world, who, rows => rows.Remove(Row(who.Id, paper.Id)));
        }

        foreach (var own in who.Papers.Values)
        {
            await RefuseAsync(world, who, rows => rows.Entry(rows.Attach(Row(who.Id, own.Id)).Entity).Property(row => row.TenantId).CurrentValue = whose.Id);
        }

        await using var scope = world.Host.Scope(who.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var theirs = whose.Ids.ToList();
        Assert.Equal(0, await rows.Documents.Where(row => theirs.Contains(row.Id)).ExecuteDeleteAsync(Token));
        Assert.Equal(0, await rows.Documents.Where(row => theirs.Contains(row.Id)).ExecuteUpdateAsync(row => row.SetProperty(x => x.Name, "taken"), Token));
    }

    // The context itself says no, whichever way it is saved, before any database is asked.
    private static async Task RefuseAsync(TenantWorld world, WorldTenant who, Action<TenantDbContext> write, bool makesModified = false)
    {
        await using var scope = world.Host.Scope(who.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        write(rows);
        if (makesModified)
        {
            rows.ChangeTracker.Entries().Single().State = EntityState.Modified;
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => rows.SaveChangesAsync(Token));
        Assert.Throws<InvalidOperationException>(() => rows.SaveChanges());
    }

    // What has one's own name on it passes the context: the database finds no such row.
    private static async Task RefuseUnknownAsync(TenantWorld world, WorldTenant who, Action<TenantDbContext> write)
    {
        await using var scope = world.Host.Scope(who.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        write(rows);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => rows.SaveChangesAsync(Token));
    }

    private static Document Row(TenantId tenant, Guid id) => new()
    {
        Id = id, TenantId = tenant, Domain = TenantWorld.Domain, Name = "taken.txt", Bytes = 1, Sha256 = new string('0', 64), CreatedAt = default,
    };
}
