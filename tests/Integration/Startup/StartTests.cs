using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tessera.Host.Startup;

namespace Tessera.Integration.Startup;

public sealed class StartTests(HostFixture host)
{
    [Fact]
    public async Task Health_anonymous_is_live_and_ready()
    {
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Reference_anonymous_is_served_with_a_nonce_in_its_policy()
    {
        using var client = host.Client();
        var openapi = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);
        Assert.StartsWith("3.", openapi.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var page = await client.GetAsync("/scalar/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"nonce=\"{nonce}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline' script", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_folder_with_an_owner_refuses_a_second_and_names_the_lock()
    {
        var busy = await Assert.ThrowsAsync<DataFolderBusyException>(
            () => HostFixture.StartAsync(options => options with { DataFolder = host.Options.DataFolder }));
        Assert.Contains(Path.GetFullPath(host.Options.LockFile), busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_folder_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(host.Options.DataFolder));
    }
}
