using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Plugins;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>Behind the doors: rows, chunks and files as each tenant's own code gets them.</summary>
internal static class WorldLook
{
    private static readonly MethodInfo OwnersOf = typeof(WorldLook).GetMethod(nameof(OwnersAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every set of the context holds rows of the tenant and of nobody else, and the documents are those that must be there.</summary>
    public static async Task RowsAsync(TenantWorld world, WorldTenant tenant)
    {
        await using var scope = world.Host.Scope(tenant.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var sets = SetsOf(rows);
        foreach (var set in sets)
        {
            var owners = await (Task<List<TenantId>>)OwnersOf.MakeGenericMethod(set).Invoke(null, [rows])!;
            Assert.True(owners.TrueForAll(owner => owner == tenant.Id), $"{set.Name} shows rows of {string.Join(", ", owners)} to {tenant.Id}.");
        }

        Assert.Equal(
            tenant.Papers.Values.Select(paper => paper.Id).Order(),
            (await rows.Documents.Where(row => row.DeletedAt == null).Select(row => row.Id).ToListAsync(Token)).Order());
    }

    /// <summary>Of each set there is something, so that the looks prove something.</summary>
    public static async Task FilledAsync(TenantWorld world, WorldTenant tenant)
    {
        await using var scope = world.Host.Scope(tenant.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        foreach (var set in SetsOf(rows))
        {
            var owners = await (Task<List<TenantId>>)OwnersOf.MakeGenericMethod(set).Invoke(null, [rows])!;
            Assert.True(owners.Count > 0, $"There is no {set.Name}.");
        }
    }

    /// <summary>The tenant's index knows its own documents alone, and no id of another's.</summary>
    public static async Task ChunksAsync(TenantWorld world, WorldTenant tenant)
    {
        await using var scope = world.Host.Scope(tenant.Id);
        var store = (await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(tenant.Id, TenantWorld.Domain, Token))!.Store;
        var listed = (await store.ListAsync(Token)).Select(revision => revision.Document.Value).ToHashSet();
        Assert.Subset(tenant.Ids, listed);
        Assert.Subset(listed, tenant.Papers.Values.Select(paper => paper.Id).ToHashSet());
        foreach (var vector in (float[][])[[], [0.5f, 0.5f, 0.5f, 0.5f]])
        {
            var found = await store.SearchAsync(new SearchRequest("mill lease keys miller", 1000) { Vector = vector }, Token);
            Assert.Equal(tenant.Papers.Count > 0, found.Count > 0);
            Assert.Subset(tenant.Ids, found.Select(candidate => candidate.Chunk.Document.Value).ToHashSet());
            world.Check(tenant, "The index", string.Concat(found.Select(candidate => candidate.Chunk.Text)));
        }

        foreach (var theirs in world.Others(tenant).SelectMany(other => other.Papers.Values))
        {
            Assert.Empty(await store.ReadAsync(new DocumentId(theirs.Id), Token));
            Assert.Null(await store.FindAsync(new DocumentId(theirs.Id), Token));
        }
    }

    /// <summary>The tenant's bytes lie in its own folder, which holds nobody else's.</summary>
    public static void Files(TenantWorld world, WorldTenant tenant)
    {
        var (folder, blobs) = (FolderOf(world, tenant), world.Host.Services.GetRequiredService<BlobStore>());
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            Assert.Contains(Guid.ParseExact(Path.GetFileName(file).Split('.')[0], "N"), tenant.Ids);
            world.Check(tenant, "The folder", ReadOrNothing(file));
        }

        Assert.All(tenant.Papers.Values, paper => Assert.StartsWith(folder + Path.DirectorySeparatorChar, blobs.PathOf(tenant.Id, paper.Id, 1), StringComparison.Ordinal));
    }

    /// <summary>Of a tenant that was deleted nothing is left.</summary>
    public static async Task ExpectGoneAsync(TenantWorld world, WorldTenant tenant)
    {
        await using var scope = world.Host.Scope(tenant.Id);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        foreach (var set in SetsOf(rows))
        {
            Assert.Empty(await (Task<List<TenantId>>)OwnersOf.MakeGenericMethod(set).Invoke(null, [rows])!);
        }

        Assert.False(Directory.Exists(FolderOf(world, tenant)));
        Assert.Empty(Rows.IndexKeys(world.Host.Options, tenant.Id, TenantWorld.Domain));
    }

    private static List<Type> SetsOf(TenantDbContext rows)
    {
        var sets = rows.Model.GetEntityTypes().Select(type => type.ClrType).ToList();
        Assert.True(sets.Count >= 9 && sets.TrueForAll(set => set.IsAssignableTo(typeof(ITenantOwned))), "There is a set that is no tenant's.");
        return sets;
    }

    // Where the database has walls of its own, they are what is looked at; the filters before them are looked at where it has none.
    private static Task<List<TenantId>> OwnersAsync<T>(TenantDbContext rows)
        where T : class, ITenantOwned
    {
        var isWalled = Rows.HasWalls && typeof(T) != typeof(Host.Jobs.WorkItem);
        return (isWalled ? rows.Set<T>().IgnoreQueryFilters() : rows.Set<T>()).Select(row => row.TenantId).Distinct().ToListAsync(Token);
    }

    private static string FolderOf(TenantWorld world, WorldTenant tenant) => Path.Combine(world.Host.Options.BlobsFolder, tenant.Id.Value.ToString("D"));

    // A revision that another took the place of goes while one looks.
    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file, Encoding.UTF8);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
