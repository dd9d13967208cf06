using System.Text.Json;
using Tessera.Host.Cli;
using Tessera.Host.Identity;

namespace Tessera.Integration.Cli;

public sealed class UsersResetTests(HostFixture host)
{
    [Fact]
    public async Task Reset_on_a_free_folder_gives_a_password_that_lets_in()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-reset-").FullName;
        try
        {
            await (await HostFixture.StartAsync(folder: folder)).DisposeAsync();
            var data = Path.Combine(folder, "data");
            var (exit, output, errors) = await CommandRun.RunAsync("users", "reset", "admin", "--data", data, "--json");
            Assert.True(exit == ExitCode.Ok, errors);
            var user = JsonDocument.Parse(output).RootElement;
            Assert.Equal("admin", user.Text("name"));

            var (missing, _, why) = await CommandRun.RunAsync("users", "reset", "nobody", "--data", data);
            Assert.Equal(ExitCode.Failed, missing);
            Assert.Contains("not-found", why, StringComparison.Ordinal);

            await using var again = await HostFixture.StartAsync(folder: folder);
            using var session = new TestSession(again);
            await session.SignInAsync("admin", user.Text("password"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Reset_while_a_server_runs_names_the_lock_and_goes_there_by_url()
    {
        var (exit, _, errors) = await CommandRun.RunAsync("users", "reset", "admin", "--data", host.Options.DataFolder);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(Path.GetFullPath(host.Options.LockFile), errors, StringComparison.Ordinal);

        var tenant = await host.AddTenantAsync();
        var administrator = await host.AddCallerAsync(tenant, TenantRole.TenantAdministrator);
        var member = await host.AddCallerAsync(tenant, TenantRole.Member);
        var (sent, output, said) = await CommandRun.RunWithKeyAsync(
            administrator.Key, "users", "reset", member.UserName, "--url", host.Address.ToString());
        Assert.True(sent == ExitCode.Ok, said);
        Assert.Contains($"User: {member.UserName}", output, StringComparison.Ordinal);
        var password = output.Split("Password: ")[1].Split(' ')[0];
        using var session = new TestSession(host);
        await session.SignInAsync(member.UserName, password);
    }

    [Fact]
    public async Task Reset_on_a_broken_database_fails_in_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-reset-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "tessera.db"), new string('x', 8192), TestContext.Current.CancellationToken);
            var (exit, _, errors) = await CommandRun.RunAsync("users", "reset", "admin", "--data", folder);
            Assert.Equal(ExitCode.Failed, exit);
            Assert.StartsWith("error: The database failed: ", errors, StringComparison.Ordinal);
            Assert.Single(errors.Trim().Split('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Reset_without_a_name_is_wrong_usage() =>
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("users", "reset")).ExitCode);
}
