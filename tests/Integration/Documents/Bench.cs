using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Integration.Documents;

/// <summary>A tenant with a member on a host that has the test domain, and a look at what is really kept.</summary>
internal sealed class Bench(HostFixture host, TestCaller caller)
{
    public HttpClient Http => caller.Http;

    public TestCaller Caller => caller;

    public static async Task<Bench> OnAsync(HostFixture host)
    {
        TestDomain.PutIn(host.Services);
        return new Bench(host, await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member));
    }

    /// <summary>Names of every file that is kept of the tenant's documents.</summary>
    public IReadOnlyList<string> Blobs()
    {
        var folder = Path.Combine(host.Options.BlobsFolder, caller.Tenant.Value.ToString("D"));
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(x => Path.GetFileName(x)).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Rows of any kind that are about a document.</summary>
    public async Task<int> RowsAsync(Guid document)
    {
        await using var scope = host.Scope(caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        return await rows.Documents.CountAsync(x => x.Id == document) + await rows.Jobs.CountAsync(x => x.DocumentId == document)
            + await rows.Work.CountAsync(x => x.DocumentId == document);
    }

    public async Task<int> ChunksKeptAsync(Guid document)
    {
        await using var scope = host.Scope(caller.Tenant);
        var workspace = await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(caller.Tenant, TestDomain.Id, CancellationToken.None);
        return (await workspace!.Store.ReadAsync(new DocumentId(document), CancellationToken.None)).Count;
    }

    public async Task<IReadOnlyList<Candidate>> SearchAsync(string query)
    {
        await using var scope = host.Scope(caller.Tenant);
        var workspace = await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(caller.Tenant, TestDomain.Id, CancellationToken.None);
        return await workspace!.Store.SearchAsync(new SearchRequest(query, 10), CancellationToken.None);
    }

    /// <summary>Waits until no job of the tenant is left to do.</summary>
    public async Task ExpectIdleAsync()
    {
        await using var scope = host.Scope(caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        for (var left = 600; left > 0 && await rows.Work.AnyAsync(); left--)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(await rows.Work.AnyAsync());
    }

    /// <summary>Waits until these files are kept of a document and no other: older revisions go a moment after the job's end.</summary>
    public async Task ExpectBlobsAsync(Guid document, params string[] names)
    {
        List<string> Kept() => [.. Blobs().Where(name => name.StartsWith(document.ToString("N"), StringComparison.Ordinal))];
        for (var left = 600; left > 0 && !Kept().SequenceEqual(names); left--)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(names, Kept());
    }

    /// <summary>Waits until nothing of a deleted document is left.</summary>
    public async Task ExpectGoneAsync(Guid document)
    {
        for (var left = 600; left > 0 && await RowsAsync(document) > 0; left--)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await RowsAsync(document));
        Assert.Equal(0, await ChunksKeptAsync(document));
        Assert.DoesNotContain(Blobs(), x => x.StartsWith(document.ToString("N"), StringComparison.Ordinal));
    }
}
