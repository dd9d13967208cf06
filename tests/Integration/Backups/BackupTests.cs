using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Backups;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Host.Models;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Backups;

/// <summary>A backup that was restored is what was backed up: rows, bytes, passages with their vectors, keys.</summary>
public sealed class BackupTests
{
    private const string Domain = "legal";

    // What a start writes anew: which packages it has, and which indexes it builds.
    private static readonly string[] Renewed = ["plugins", "domain_indexes", "jobs", "work"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restored_place_is_the_one_that_was_backed_up()
    {
        using var place = new Place();
        await using var host = await HostFixture.StartAsync();
        var tenant = await host.AddTenantAsync("acme");
        var administrator = await host.AddCallerAsync(tenant, TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        var (contract, lease) = (
            await AddAsync(administrator.Http, "# Supply\n\nThe supplier pays a penalty of 5 % for each week of delay.", "contract.md"),
            await AddAsync(administrator.Http, "# Lease\n\nThe tenant pays the rent on the first day of the month.", "lease.md"));
        await administrator.Http.SearchableAsync(contract);
        await administrator.Http.SearchableAsync(lease);
        var gone = await AddAsync(administrator.Http, "# Gone\n\nNobody shall see this again.", "gone.md");
        await administrator.Http.SearchableAsync(gone);
        await administrator.Http.CallAsync(HttpMethod.Delete, $"/api/v1/documents/{gone}", expected: HttpStatusCode.NoContent);
        await administrator.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/adaptation/questions", new { question = "Who pays?", documentId = lease }, HttpStatusCode.Created);
        var conversation = (await administrator.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/conversations", expected: HttpStatusCode.Created)).Id();
        await administrator.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/answers", new { question = "What does the supplier pay for delay?", conversationId = conversation });
        await administrator.Http.CallAsync(HttpMethod.Put, $"/api/v1/admin/tenants/{tenant.Value}/remote", new { baseUrl = "http://127.0.0.1:9/v1", apiKey = "sk-of-acme", enabled = false });
        var other = await host.AddCallerAsync(await host.AddTenantAsync("other"), TenantRole.Reader);

        await place.TakeAsync(host, administrator.Http);
        var summary = await place.RestoreAsync();
        Assert.Equal((2, 0), (summary.Documents, summary.Missing));

        await using var restored = await HostFixture.StartAsync(folder: place.Target);
        Assert.DoesNotContain("Password", restored.Announced, StringComparison.Ordinal);
        await AssertRowsAsync(host, restored, tenant);
        var there = restored.Client(administrator.Key);
        Assert.Equal(await PassagesAsync(administrator.Http), await PassagesAsync(there));
        foreach (var id in (Guid[])[contract, lease])
        {
            foreach (var form in (string[])["", "?format=text"])
            {
                var path = new Uri($"/api/v1/documents/{id}/content{form}", UriKind.Relative);
                Assert.Equal(await administrator.Http.GetByteArrayAsync(path, Token), await there.GetByteArrayAsync(path, Token));
            }
        }

        Assert.Equal(await VectorsAsync(host, tenant, contract), await VectorsAsync(restored, tenant, contract));
        using (var session = new TestSession(restored))
        {
            await session.SignInAsync(other.UserName, other.Password);
        }

        // The key of a server elsewhere was sealed with a key that came along.
        await using (var scope = restored.Services.CreateAsyncScope())
        {
            var remote = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().TenantRemotes.SingleAsync(Token);
            Assert.Equal("sk-of-acme", restored.Services.GetRequiredService<RemoteKeys>().Open(remote.SealedKey!));
        }

        // And it goes on.
        await there.SearchableAsync(await AddAsync(there, "# More\n\nThe buyer may terminate for delay.", "more.md"));
        await there.CallAsync(HttpMethod.Delete, $"/api/v1/documents/{lease}", expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Backup_waits_for_jobs_at_work_and_what_comes_meanwhile_is_read_afterwards()
    {
        using var place = new Place();
        await using var host = await HostFixture.StartAsync();
        Documents.TestDomain.PutIn(host.Services);
        var administrator = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        Task backup;
        Guid late;
        await using (await host.Services.GetRequiredService<ITurns>().ShareAsync(TurnNames.Jobs, Token))
        {
            backup = place.TakeAsync(host, administrator.Http);
            Assert.NotSame(backup, await Task.WhenAny(backup, Task.Delay(500, Token)));
            late = await administrator.Http.AddAsync("An apple.", "late.txt");
            await Task.Delay(500, Token);
            Assert.Equal("Queued", (await administrator.Http.CallAsync(HttpMethod.Get, $"/api/v1/documents/{late}")).Text("status"));
        }

        await backup;
        await administrator.Http.SearchableAsync(late);

        // It was taken in before the backup read the rows: so it is there, and is read there.
        await place.RestoreAsync();
        await using var restored = await HostFixture.StartAsync(folder: place.Target, beforeStart: services => Documents.TestDomain.PutIn(services));
        await restored.Client(administrator.Key).SearchableAsync(late);
    }

    [Fact]
    public async Task Document_whose_bytes_are_lost_is_counted_and_the_rest_is_backed_up()
    {
        using var place = new Place();
        await using var host = await HostFixture.StartAsync();
        Documents.TestDomain.PutIn(host.Services);
        var administrator = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        var (whole, lost) = (await administrator.Http.AddAsync("An apple.", "whole.txt"), await administrator.Http.AddAsync("A pear.", "lost.txt"));
        await administrator.Http.SearchableAsync(whole);
        await administrator.Http.SearchableAsync(lost);
        File.Delete(host.Services.GetRequiredService<Tessera.Host.Documents.BlobStore>().PathOf(administrator.Tenant, lost, 1));
        await place.TakeAsync(host, administrator.Http);
        var summary = await place.Backup.CheckAsync(null, Token);
        Assert.Equal((2, 1), (summary.Documents, summary.Missing));
    }

    private static async Task<Guid> AddAsync(HttpClient client, string text, string name)
    {
        using var form = DocumentCalls.Form(Encoding.UTF8.GetBytes(text), name);
        using var reply = await client.PostAsync(new Uri($"/api/v1/domains/{Domain}/documents", UriKind.Relative), form, Token);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(Token)).Id();
    }

    private static async Task AssertRowsAsync(HostFixture host, HostFixture restored, Tessera.Sdk.TenantId tenant)
    {
        var (before, after) = (await RowsAsync(host, tenant), await RowsAsync(restored, tenant));
        Assert.Equal(before.Keys, after.Keys);
        foreach (var table in before.Keys.Except(Renewed))
        {
            Assert.Equal(before[table], after[table]);
        }

        // The deleted document is on no list, and its purge may have been under way.
        Assert.Contains(before["conversation_turns"], row => row.Contains("supplier", StringComparison.Ordinal));
        Assert.Single(before["own_questions"]);
    }

    private static async Task<SortedDictionary<string, List<string>>> RowsAsync(HostFixture host, Tessera.Sdk.TenantId tenant)
    {
        await using var scope = host.Scope(tenant);
        var all = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var rows in (DbContext[])[scope.ServiceProvider.GetRequiredService<CatalogDbContext>(), scope.ServiceProvider.GetRequiredService<TenantDbContext>()])
        {
            foreach (var table in RowTable.Of(rows))
            {
                all[table.Name] = [.. (await table.ReadAsync(rows).Select(row => row.ToJsonString()).ToListAsync(Token)).Order(StringComparer.Ordinal)];
            }
        }

        all["documents"].RemoveAll(row => row.Contains("gone.md", StringComparison.Ordinal));
        return all;
    }

    private static async Task<string> PassagesAsync(HttpClient client) =>
        (await client.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/search", new { query = "penalty for delay", top = 10 })).GetProperty("passages").GetRawText();

    private static async Task<List<float[]>> VectorsAsync(HostFixture host, Tessera.Sdk.TenantId tenant, Guid document)
    {
        await using var scope = host.Scope(tenant);
        var index = (await scope.ServiceProvider.GetRequiredService<Tessera.Host.Indexes.DomainIndexes>().FindAsync(Domain, Token))!;
        var store = host.Services.GetRequiredService<Tessera.Host.Indexes.IndexStores>().Open(tenant, Domain, index.Active).Store;
        var vectors = (await store.ReadEmbeddedAsync(new Tessera.Sdk.DocumentId(document), Token)).Select(chunk => chunk.Vector.ToArray()).ToList();
        Assert.All(vectors, vector => Assert.NotEmpty(vector));
        return vectors;
    }
}
