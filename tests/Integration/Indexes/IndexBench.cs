using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;
using WindowDomain = Tessera.Integration.Documents.TestDomain;

namespace Tessera.Integration.Indexes;

/// <summary>A tenant's administrator on a host, and a look at the tenant's indexes of one domain.</summary>
internal sealed class IndexBench(HostFixture host, TestCaller caller, string domain = WindowDomain.Id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public HostFixture Host => host;

    public TestCaller Caller => caller;

    public HttpClient Http => caller.Http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fresh tenant on a host that has the test domain, as it was put last.</summary>
    public static async Task<IndexBench> OnAsync(HostFixture host)
    {
        if (host.Services.GetRequiredService<LoadedPlugins>().Find(WindowDomain.Id) is null)
        {
            WindowDomain.PutIn(host.Services);
        }

        return new IndexBench(host, await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator));
    }

    /// <summary>The same tenant on another host over the same data.</summary>
    public IndexBench On(HostFixture other) => new(other, caller with { Http = other.Client(caller.Key) }, domain);

    /// <summary>Puts a version of the test domain in the place of the one that is there, as an upgrade does.</summary>
    public static async Task UpgradeAsync(IServiceProvider services, FakeEmbedder? embedder)
    {
        WindowDomain.PutIn(services, models: embedder?.Models);
        await services.GetRequiredService<IndexReconciler>().BringAsync(WindowDomain.Id, CancellationToken.None);
    }

    public Task UpgradeAsync(FakeEmbedder? embedder) => UpgradeAsync(host.Services, embedder);

    /// <summary>Uploads, or uploads the next revision, and waits until searches see it.</summary>
    public async Task<Guid> AddAsync(string name, string text)
    {
        using var reply = await Http.PostAsync(
            new Uri($"/api/v1/domains/{domain}/documents", UriKind.Relative), DocumentCalls.Form(System.Text.Encoding.UTF8.GetBytes(text), name), Token);
        var id = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement.Id();
        await Http.SearchableAsync(id);
        return id;
    }

    public async Task DeleteAsync(Guid document)
    {
        await Http.CallAsync(HttpMethod.Delete, $"/api/v1/documents/{document}", expected: HttpStatusCode.NoContent);
        await WaitAsync(async () => !await WithRowsAsync(rows => rows.Jobs.AnyAsync(job => job.DocumentId == document, Token)));
    }

    /// <summary>The texts that a search over HTTP finds, in order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string query) => [.. (await SearchAsync(query)).Order(StringComparer.Ordinal)];

    /// <summary>The text that it finds first.</summary>
    public async Task<string> BestAsync(string query) => (await SearchAsync(query))[0];

    public Task<DomainIndex?> RowAsync() => WithRowsAsync(rows => rows.Indexes.AsNoTracking().FirstOrDefaultAsync(row => row.Domain == domain, Token));

    public async Task<T> WithRowsAsync<T>(Func<TenantDbContext, Task<T>> work)
    {
        await using var scope = host.Scope(caller.Tenant);
        return await work(scope.ServiceProvider.GetRequiredService<TenantDbContext>());
    }

    /// <summary>What an index holds: documents with revision, + where it was written with vectors.</summary>
    public async Task<IReadOnlyList<string>> HeldAsync(string key)
    {
        var held = await host.Services.GetRequiredService<IndexStores>().Open(caller.Tenant, domain, key).Store.ListAsync(Token);
        return [.. held.Select(x => $"{x.Document.Value:N} {x.Number}{(x.HasVectors ? "+" : "")}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether any of the tenant's indexes holds the text.</summary>
    public bool Holds(string text) => Rows.IndexHolds(host.Options, caller.Tenant, text);

    /// <summary>Keys of the indexes that there are; empty: the one without vectors.</summary>
    public IReadOnlyList<string> KeysOnDisk() => [.. Rows.IndexKeys(host.Options, caller.Tenant, domain).Order(StringComparer.Ordinal)];

    /// <summary>The path of an index.</summary>
    public string FileOf(string key) => Path.Combine(Folder, key.Length == 0 ? $"{domain}.db" : $"{domain}.{key}.db");

    /// <summary>Jobs of a kind as administrators see them, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> JobsAsync(JobKind kind) =>
        [.. (await Http.CallAsync(HttpMethod.Get, "/api/v1/admin/jobs?limit=200")).GetProperty("items").EnumerateArray().Where(job => job.Text("kind") == kind.ToString())];

    /// <summary>Waits until the newest build ended so.</summary>
    public async Task<JsonElement> ExpectBuildAsync(JobState state)
    {
        await WaitAsync(async () => await JobsAsync(JobKind.Reindex) is [var newest, ..] && newest.Text("state") is not ("Queued" or "Running"));
        var job = (await JobsAsync(JobKind.Reindex))[0];
        Assert.Equal((state.ToString(), domain, JsonValueKind.Null), (job.Text("state"), job.Text("domain"), job.GetProperty("documentId").ValueKind));
        return job;
    }

    /// <summary>Waits until an index is the active one and nothing is built.</summary>
    public async Task ExpectActiveAsync(string key)
    {
        await WaitAsync(async () => await RowAsync() is { Building: null } row && row.Active == key);
        Assert.Contains(key, KeysOnDisk());
    }

    /// <summary>The previous index's time is over, and its job runs.</summary>
    public async Task LetPreviousGoAsync()
    {
        await WithRowsAsync(rows => rows.Indexes.ExecuteUpdateAsync(row => row.SetProperty(x => x.PreviousUntil, TimeProvider.System.GetUtcNow()), Token));
        await WithRowsAsync(rows => rows.Work.ExecuteUpdateAsync(row => row.SetProperty(x => x.DueAt, TimeProvider.System.GetUtcNow()), Token));
        host.Services.GetRequiredService<JobClock>().Wake();
        await WaitAsync(async () => (await JobsAsync(JobKind.Tidy)).All(job => job.Text("state") == "Done"));
    }

    public static async Task WaitAsync(Func<Task<bool>> isThere)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await isThere();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It did not come.");
            await Task.Delay(20, Token);
        }
    }

    private async Task<IReadOnlyList<string>> SearchAsync(string query)
    {
        var found = await Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{domain}/search", new { query, top = 100 });
        return [.. found.GetProperty("passages").EnumerateArray().Select(passage => passage.Text("text"))];
    }

    private string Folder => Path.Combine(host.Options.ChunksFolder, caller.Tenant.Value.ToString("D"));
}
