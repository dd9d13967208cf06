using System.Net;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;

namespace Tessera.Integration.Tenants;

public sealed class TenantTests(HostFixture host)
{
    private const string Root = "/api/v1/admin/tenants";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenant_lives_from_making_to_deleting()
    {
        var platform = await PlatformAsync();
        var name = $"Nordwind {Guid.NewGuid():N}";
        var made = await platform.Http.CallAsync(HttpMethod.Post, Root, new { name }, HttpStatusCode.Created);
        Assert.Equal(["id", "name", "createdAt"], made.EnumerateObject().Select(field => field.Name));
        var path = $"{Root}/{made.Id():D}";
        Assert.Equal(name, (await platform.Http.CallAsync(HttpMethod.Get, path)).Text("name"));
        Assert.Equal("Südwind", (await platform.Http.CallAsync(HttpMethod.Patch, path, new { name = "Südwind" })).Text("name"));
        await platform.Http.CallAsync(HttpMethod.Delete, path, expected: HttpStatusCode.NoContent);
        await platform.Http.ProblemAsync(HttpMethod.Get, path, null, 404, "not-found");
        await platform.Http.ProblemAsync(HttpMethod.Delete, path, null, 404, "not-found");
    }

    [Fact]
    public async Task Tenants_are_paged_by_name_without_losing_any()
    {
        var platform = await PlatformAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.AddTenantAsync();
        }

        var names = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await platform.Http.CallAsync(HttpMethod.Get, $"{Root}?limit=2&cursor={cursor}");
            var items = page.GetProperty("items").EnumerateArray().Select(item => item.Text("name")).ToList();
            Assert.InRange(items.Count, 1, 2);
            names.AddRange(items);
            cursor = page.GetProperty("nextCursor").GetString();
        }

        await using var scope = host.Services.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Tenants.Select(row => row.Id).ToListAsync(Token);
        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.Equal(names.OrderBy(name => name.ToLowerInvariant(), StringComparer.Ordinal), names);
        Assert.InRange(names.Count, 4, all.Count);
    }

    [Fact]
    public async Task Tenant_administrator_sees_and_names_their_own_alone()
    {
        var (own, other) = (await host.AddTenantAsync(), await host.AddTenantAsync());
        var caller = await host.AddCallerAsync(own, TenantRole.TenantAdministrator);
        var page = await caller.Http.CallAsync(HttpMethod.Get, Root);
        Assert.Equal(own.Value, Assert.Single(page.GetProperty("items").EnumerateArray()).Id());
        await caller.Http.CallAsync(HttpMethod.Patch, $"{Root}/{own}", new { name = $"own {own}" });
        await caller.Http.ProblemAsync(HttpMethod.Patch, $"{Root}/{other}", new { name = "mine" }, 404, "not-found");
        await caller.Http.ProblemAsync(HttpMethod.Delete, $"{Root}/{own}", null, 403, "forbidden");
        await caller.Http.ProblemAsync(HttpMethod.Post, Root, new { name = "mine" }, 403, "forbidden");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\u0007")]
    [InlineData("a\u202Eb")]
    public async Task Name_that_cannot_be_read_back_is_refused(string name)
    {
        var platform = await PlatformAsync();
        await platform.Http.ProblemAsync(HttpMethod.Post, Root, new { name }, 400, "invalid-request");
    }

    [Fact]
    public async Task Name_of_another_tenant_is_refused_in_any_case()
    {
        var platform = await PlatformAsync();
        var name = $"Taken-{Guid.NewGuid():N}";
        await platform.Http.CallAsync(HttpMethod.Post, Root, new { name }, HttpStatusCode.Created);
        await platform.Http.ProblemAsync(HttpMethod.Post, Root, new { name = name.ToUpperInvariant() }, 409, "name-taken");
        var other = await host.AddTenantAsync();
        await platform.Http.ProblemAsync(HttpMethod.Patch, $"{Root}/{other}", new { name }, 409, "name-taken");
    }

    [Fact]
    public async Task Deleted_tenant_leaves_nothing()
    {
        const string domain = "deleting";
        TestDomain.Load(host, domain);
        var platform = await PlatformAsync();
        var tenant = await host.AddTenantAsync();
        var member = await host.AddCallerAsync(tenant, TenantRole.Member);
        await TestDomain.AddDocumentAsync(host, tenant, domain, "a.txt", "The crane lifts the cask.");
        var blobs = host.Services.GetRequiredService<BlobStore>();
        await using (var content = new MemoryStream([1, 2, 3]))
        {
            using var staged = await blobs.StageAsync(content, 10, Token);
            blobs.Keep(staged!, tenant, Guid.NewGuid(), 1);
        }

        var folder = Path.Combine(host.Options.BlobsFolder, tenant.ToString());
        Assert.True(Directory.Exists(folder));
        Assert.True(Rows.IndexHolds(host.Options, tenant, "crane lifts"));
        await platform.Http.CallAsync(HttpMethod.Delete, $"{Root}/{tenant}", expected: HttpStatusCode.NoContent);

        Assert.False(Directory.Exists(folder));
        Assert.Empty(Rows.IndexKeys(host.Options, tenant, domain));
        Assert.False(Rows.IndexHolds(host.Options, tenant, "crane lifts"));
        await member.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        await using var scope = host.Scope(tenant);
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.ToListAsync(Token));
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        Assert.Null(await catalog.Users.FindAsync([member.UserId], Token));
        Assert.Null(await catalog.ApiKeys.FindAsync([member.KeyId], Token));
        Assert.Null(await catalog.Tenants.FindAsync([tenant], Token));
    }

    [Fact]
    public async Task User_of_another_tenant_too_outlives_a_deleted_one()
    {
        var (platform, gone) = (await PlatformAsync(), await host.AddTenantAsync());
        var both = await CallerAsync();
        await using (var scope = host.Scope(gone))
        {
            var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
            catalog.Memberships.Add(new Membership { UserId = both.UserId, TenantId = gone, Role = TenantRole.Reader });
            await catalog.SaveChangesAsync(Token);
        }

        await platform.Http.CallAsync(HttpMethod.Delete, $"{Root}/{gone}", expected: HttpStatusCode.NoContent);
        await both.Http.CallAsync(HttpMethod.Get, $"{Root}/{both.Tenant}");
    }

    [Fact]
    public async Task Upload_that_ends_after_its_tenant_leaves_nothing()
    {
        const string domain = "outliving";
        TestDomain.Load(host, domain);
        var platform = await PlatformAsync();
        var member = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member);
        var (begun, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var slow = new SlowContent("The crane lifts the cask.", begun, gone.Task);
        using var form = new MultipartFormDataContent { { slow, "file", "a.txt" } };
        var upload = member.Http.PostAsync($"/api/v1/domains/{domain}/documents", form, Token);
        await begun.Task.WaitAsync(Token);
        await platform.Http.CallAsync(HttpMethod.Delete, $"{Root}/{member.Tenant}", expected: HttpStatusCode.NoContent);
        gone.SetResult();
        await ProblemAssert.IsAsync(401, "unauthenticated", await upload);
        await using var scope = host.Scope(member.Tenant);
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.ToListAsync(Token));
        Assert.False(Directory.Exists(Path.Combine(host.Options.BlobsFolder, member.Tenant.ToString())));
    }

    [Fact]
    public async Task Tenant_of_the_last_platform_administrator_stays()
    {
        await using var alone = await HostFixture.StartAsync();
        await using var scope = alone.Scope(await alone.AddTenantAsync());
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var tenant = await catalog.Tenants.SingleAsync(row => row.NameKey == FirstStart.TenantName, Token);
        var outcome = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new DeleteTenant(tenant.Id), Token);
        Assert.Equal(ErrorCode.LastAdministrator, Assert.IsType<Outcome<Mediator.Unit>.Refused>(outcome).Code);
        Assert.True(await catalog.Users.AnyAsync(Token));
    }

    [Fact]
    public async Task Own_tenant_cannot_be_deleted()
    {
        var platform = await PlatformAsync();
        await platform.Http.ProblemAsync(HttpMethod.Delete, $"{Root}/{platform.Tenant}", null, 409, "conflict");
    }

    [Fact]
    public async Task Domain_is_switched_off_and_on_for_one_tenant()
    {
        const string domain = "switched";
        TestDomain.Load(host, domain);
        var (one, other) = (await CallerAsync(), await CallerAsync());
        await one.Http.CallAsync(HttpMethod.Put, $"{Root}/{one.Tenant}/domains/{domain}", new { enabled = false }, HttpStatusCode.NoContent);
        await one.Http.ProblemAsync(HttpMethod.Post, $"/api/v1/domains/{domain}/search", new { query = "a" }, 404, "unknown-domain");
        await other.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{domain}/search", new { query = "a" });
        await (await PlatformAsync()).Http.CallAsync(
            HttpMethod.Put, $"{Root}/{one.Tenant}/domains/{domain}", new { enabled = true }, HttpStatusCode.NoContent);
        await one.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{domain}/search", new { query = "a" });
        await one.Http.ProblemAsync(HttpMethod.Put, $"{Root}/{other.Tenant}/domains/{domain}", new { enabled = false }, 404, "not-found");
        await one.Http.ProblemAsync(HttpMethod.Put, $"{Root}/{one.Tenant}/domains/nowhere", new { enabled = true }, 404, "unknown-domain");
    }

    private async Task<TestCaller> PlatformAsync() =>
        await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);

    private async Task<TestCaller> CallerAsync() => await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);

    /// <summary>Text whose second half is sent when a task has ended.</summary>
    private sealed class SlowContent(string text, TaskCompletionSource begun, Task rest) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            await stream.WriteAsync(bytes.AsMemory(0, 5), Token);
            await stream.FlushAsync(Token);
            begun.SetResult();
            await rest;
            await stream.WriteAsync(bytes.AsMemory(5), Token);
        }

        protected override bool TryComputeLength(out long length) => (length = 0) != 0;
    }
}
