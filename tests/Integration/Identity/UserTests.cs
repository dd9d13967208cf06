using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Identity;

public sealed class UserTests(HostFixture host)
{
    private const string Root = "/api/v1/admin/users";

    [Fact]
    public async Task User_with_a_made_password_gets_it_once_and_signs_in()
    {
        var administrator = await AdministratorAsync();
        var name = NewName();
        var made = await administrator.Http.CallAsync(
            HttpMethod.Post, Root, new { tenantId = administrator.Tenant.Value, name, role = "Member" }, HttpStatusCode.Created);
        var password = made.Text("password");
        Assert.True(password.Length >= 20);
        var read = await administrator.Http.CallAsync(HttpMethod.Get, $"{Root}/{made.Id():D}");
        Assert.Equal(["id", "tenantId", "name", "role", "suspended", "createdAt"], read.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Member", read.Text("role"));
        using var session = new TestSession(host);
        await session.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.OK, (await session.Http.SendJsonAsync(HttpMethod.Get, "/api/v1/domains")).StatusCode);
    }

    [Fact]
    public async Task User_with_a_given_password_never_gets_it_back()
    {
        var administrator = await AdministratorAsync();
        var body = new { tenantId = administrator.Tenant.Value, name = NewName(), role = "reader", password = "moss-on-nine-stones" };
        var made = await administrator.Http.CallAsync(HttpMethod.Post, Root, body, HttpStatusCode.Created);
        Assert.False(made.TryGetProperty("password", out _));
        await administrator.Http.ProblemAsync(HttpMethod.Post, Root, body, 409, "name-taken");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("change_me_immediately")]
    public async Task Weak_password_is_refused_and_nobody_is_made(string password)
    {
        var administrator = await AdministratorAsync();
        var name = NewName();
        var body = new { tenantId = administrator.Tenant.Value, name, role = "Reader", password };
        await administrator.Http.ProblemAsync(HttpMethod.Post, Root, body, 422, "weak-secret");
        var users = await administrator.Http.CallAsync(HttpMethod.Get, Root);
        Assert.DoesNotContain(users.GetProperty("items").EnumerateArray(), user => user.Text("name") == name);
    }

    [Theory]
    [InlineData("two words", "Reader", "invalid-request")]
    [InlineData("", "Reader", "invalid-request")]
    [InlineData("fine", "Owner", "invalid-json")]
    public async Task User_that_cannot_be_made_gets_a_problem(string name, string role, string code)
    {
        var administrator = await AdministratorAsync();
        await administrator.Http.ProblemAsync(HttpMethod.Post, Root, new { tenantId = administrator.Tenant.Value, name, role }, 400, code);
    }

    [Fact]
    public async Task Member_that_is_not_ours_is_not_assigned()
    {
        var administrator = await AdministratorAsync();
        var body = new { tenantId = administrator.Tenant.Value, name = NewName(), role = "Reader", isPlatformAdministrator = true };
        await administrator.Http.ProblemAsync(HttpMethod.Post, Root, body, 400, "invalid-json");
    }

    [Fact]
    public async Task Tenant_administrator_makes_nobody_more_than_themselves_nor_elsewhere()
    {
        var administrator = await AdministratorAsync();
        var (own, other) = (administrator.Tenant.Value, (await host.AddTenantAsync()).Value);
        await administrator.Http.ProblemAsync(
            HttpMethod.Post, Root, new { tenantId = own, name = NewName(), role = "PlatformAdministrator" }, 403, "forbidden");
        await administrator.Http.ProblemAsync(
            HttpMethod.Post, Root, new { tenantId = other, name = NewName(), role = "Reader" }, 404, "not-found");
        await administrator.Http.ProblemAsync(
            HttpMethod.Patch, $"{Root}/{administrator.UserId}", new { role = "PlatformAdministrator" }, 403, "forbidden");
    }

    [Fact]
    public async Task Tenant_administrator_cannot_become_platform_administrator_by_way_of_one()
    {
        var administrator = await AdministratorAsync();
        var platform = await host.AddCallerAsync(administrator.Tenant, TenantRole.Member, isPlatformAdministrator: true);
        var path = $"{Root}/{platform.UserId}";
        await administrator.Http.ProblemAsync(HttpMethod.Patch, path, new { password = "moss-on-nine-stones" }, 403, "forbidden");
        await administrator.Http.ProblemAsync(HttpMethod.Delete, path, null, 403, "forbidden");
        await administrator.Http.ProblemAsync(
            HttpMethod.Post, "/api/v1/admin/keys", new { userId = platform.UserId, name = "mine" }, 403, "forbidden");
        await administrator.Http.ProblemAsync(
            HttpMethod.Patch, $"/api/v1/admin/keys/{platform.KeyId}", new { name = "mine" }, 403, "forbidden");
        await administrator.Http.ProblemAsync(
            HttpMethod.Post, "/api/v1/admin/password-resets", new { name = platform.UserName }, 403, "forbidden");
    }

    [Fact]
    public async Task Suspended_user_is_refused_with_key_and_session_at_once_and_let_in_again()
    {
        var administrator = await AdministratorAsync();
        var member = await host.AddCallerAsync(administrator.Tenant, TenantRole.Member);
        using var session = new TestSession(host);
        await session.SignInAsync(member.UserName, member.Password);
        await administrator.Http.CallAsync(HttpMethod.Patch, $"{Root}/{member.UserId}", new { suspended = true });
        await member.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        await administrator.Http.CallAsync(HttpMethod.Patch, $"{Root}/{member.UserId}", new { suspended = false });
        await member.Http.CallAsync(HttpMethod.Get, "/api/v1/domains");
    }

    [Fact]
    public async Task Changed_role_counts_from_the_next_request_on()
    {
        var administrator = await AdministratorAsync();
        var member = await host.AddCallerAsync(administrator.Tenant, TenantRole.TenantAdministrator);
        await member.Http.CallAsync(HttpMethod.Get, Root);
        await administrator.Http.CallAsync(HttpMethod.Patch, $"{Root}/{member.UserId}", new { role = "Reader" });
        await member.Http.ProblemAsync(HttpMethod.Get, Root, null, 403, "forbidden");
    }

    [Fact]
    public async Task Deleted_user_takes_keys_and_sessions_along()
    {
        var administrator = await AdministratorAsync();
        var member = await host.AddCallerAsync(administrator.Tenant, TenantRole.Member);
        await administrator.Http.CallAsync(HttpMethod.Delete, $"{Root}/{member.UserId}", expected: HttpStatusCode.NoContent);
        await member.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"{Root}/{member.UserId}", null, 404, "not-found");
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"/api/v1/admin/keys/{member.KeyId}", null, 404, "not-found");
    }

    [Fact]
    public async Task Reset_password_ends_sessions_and_lets_the_new_one_in()
    {
        var administrator = await AdministratorAsync();
        var member = await host.AddCallerAsync(administrator.Tenant, TenantRole.Member);
        using var before = new TestSession(host);
        await before.SignInAsync(member.UserName, member.Password);
        var reset = await administrator.Http.CallAsync(
            HttpMethod.Post, "/api/v1/admin/password-resets", new { name = member.UserName.ToUpperInvariant() });
        await before.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        using var after = new TestSession(host);
        Assert.False(await after.TrySignInAsync(member.UserName, member.Password));
        Assert.True(await after.TrySignInAsync(member.UserName, reset.Text("password")));
    }

    [Fact]
    public async Task Last_platform_administrator_stays()
    {
        await using var alone = await HostFixture.StartAsync(options => options with { AdminKey = "a-key-of-the-operator-0123456789-abc" });
        using var admin = alone.Client(alone.Options.AdminKey);
        var users = await admin.CallAsync(HttpMethod.Get, Root);
        var id = Assert.Single(users.GetProperty("items").EnumerateArray()).Id();
        await admin.ProblemAsync(HttpMethod.Delete, $"{Root}/{id}", null, 409, "last-administrator");
        await admin.ProblemAsync(HttpMethod.Patch, $"{Root}/{id}", new { suspended = true }, 409, "last-administrator");
        await admin.ProblemAsync(HttpMethod.Patch, $"{Root}/{id}", new { role = "TenantAdministrator" }, 409, "last-administrator");

        // A suspended one does not count.
        var second = await alone.AddCallerAsync(await alone.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        await admin.CallAsync(HttpMethod.Patch, $"{Root}/{second.UserId}", new { suspended = true });
        await admin.ProblemAsync(HttpMethod.Patch, $"{Root}/{id}", new { suspended = true }, 409, "last-administrator");
        await admin.CallAsync(HttpMethod.Patch, $"{Root}/{second.UserId}", new { suspended = false });
        await admin.CallAsync(HttpMethod.Delete, $"{Root}/{id}", expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Users_are_paged_and_narrowed_to_a_tenant()
    {
        var administrator = await AdministratorAsync();
        await host.AddCallerAsync(administrator.Tenant, TenantRole.Reader);
        await host.AddCallerAsync(administrator.Tenant, TenantRole.Reader);
        var first = await administrator.Http.CallAsync(HttpMethod.Get, $"{Root}?limit=2");
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        var rest = await administrator.Http.CallAsync(HttpMethod.Get, $"{Root}?limit=2&cursor={first.Text("nextCursor")}");
        Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
        var other = await host.AddTenantAsync();
        Assert.Empty((await administrator.Http.CallAsync(HttpMethod.Get, $"{Root}?tenantId={other}")).GetProperty("items").EnumerateArray());
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"{Root}?limit=201", null, 400, "invalid-request");
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"{Root}?limit=0", null, 400, "invalid-request");
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"{Root}?limit=ten", null, 400, "invalid-request");
        await administrator.Http.ProblemAsync(HttpMethod.Get, $"{Root}?cursor=***", null, 400, "invalid-request");
    }

    [Fact]
    public async Task Password_lies_as_a_slow_hash()
    {
        var caller = await AdministratorAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Users
            .SingleAsync(user => user.Id == caller.UserId, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(caller.Password, row.PasswordHash, StringComparison.Ordinal);
        Assert.Equal(1, Convert.FromBase64String(row.PasswordHash!)[0]);
    }

    private static string NewName() => $"user-{Guid.NewGuid():N}";

    private async Task<TestCaller> AdministratorAsync() =>
        await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
}
