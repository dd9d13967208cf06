using Tessera.Host.Cli;
using Tessera.Host.Identity;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Cli;

public sealed class BackupCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-backup-").FullName;

    private string File(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Folder_that_no_server_uses_goes_into_a_file_and_out_of_it()
    {
        await System.IO.File.WriteAllTextAsync(File("apple.md"), "# Apples\n\nThe apple is ripe in May.", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Ok, (await CommandRun.RunAsync("ingest", "legal", File("apple.md"), "--data", File("one"))).ExitCode);
        var (exit, output, errors) = await CommandRun.RunAsync("backup", File("a.tar.gz"), "--data", File("one"));
        Assert.True(exit == ExitCode.Ok, errors);
        Assert.Contains("1 documents of 1 tenants", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(File("one"), "backups")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File("a.tar.gz")));
        }

        (exit, output, errors) = await CommandRun.RunAsync("restore", File("a.tar.gz"), "--data", File("other"));
        Assert.True(exit == ExitCode.Ok, errors);
        (exit, output, _) = await CommandRun.RunAsync("search", "legal", "When is the apple ripe?", "--data", File("other"));
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("ripe in May", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_server_is_backed_up_through_its_door_and_only_by_who_may()
    {
        await using var host = await HostFixture.StartAsync();
        Documents.TestDomain.PutIn(host.Services);
        var tenant = await host.AddTenantAsync();
        var (operators, member) = (await host.AddCallerAsync(tenant, TenantRole.TenantAdministrator, isPlatformAdministrator: true), await host.AddCallerAsync(tenant, TenantRole.TenantAdministrator));
        await operators.Http.SearchableAsync(await operators.Http.AddAsync("An apple.", "apple.txt"));
        var (exit, output, errors) = await CommandRun.RunWithKeyAsync(operators.Key, "backup", "--url", host.Address.ToString());
        Assert.True(exit == ExitCode.Ok, errors);
        Assert.Contains("1 documents", output, StringComparison.Ordinal);
        (exit, _, errors) = await CommandRun.RunWithKeyAsync(member.Key, "backup", "--url", host.Address.ToString());
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("forbidden", errors, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(host.Options.BackupsFolder));

        // Nobody is handed what all tenants have.
        (exit, _, errors) = await CommandRun.RunWithKeyAsync(operators.Key, "backup", File("b.tar.gz"), "--url", host.Address.ToString());
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("gives them to nobody", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is there already", "backup", "there")]
    [InlineData("There is no folder", "backup", "none/a.tar.gz")]
    [InlineData("There is no file", "restore", "none.tar.gz")]
    [InlineData("no backup of Tessera", "restore", "there")]
    public async Task Order_that_cannot_be_followed_says_why(string words, string command, string name)
    {
        await System.IO.File.WriteAllTextAsync(File("there"), "Hello", TestContext.Current.CancellationToken);
        var (exit, _, errors) = await CommandRun.RunAsync(command, File(name), "--data", File("data"));
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.Equal("Hello", await System.IO.File.ReadAllTextAsync(File("there"), TestContext.Current.CancellationToken));
    }
}
