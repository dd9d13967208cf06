using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Identity;
using Tessera.Host.Observability.Checks;
using Tessera.Host.Startup;

namespace Tessera.Integration.Observability;

/// <summary>Each dependency that fails is named to those who may know; everybody else learns that the host is not ready.</summary>
public sealed class HealthTests
{
    private const string Key = "nine-black-stones-upon-the-wet-moss";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_tells_anybody_its_status_and_those_who_may_know_each_dependency()
    {
        await using var host = await StartAsync();
        using var stranger = host.Client();
        Assert.Equal("""{"status":"ready"}""", await stranger.GetStringAsync("/health/ready", Token));
        var member = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
        Assert.Equal("""{"status":"ready"}""", await member.Http.GetStringAsync("/health/ready", Token));

        var operators = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        foreach (var client in (HttpClient[])[host.Client(Key), operators.Http])
        {
            var told = await ReadyAsync(client, HttpStatusCode.OK);
            Assert.Equal(["start", "database", "blobs", "chunks", "disk", "ocr", "model-servers"], told.Keys);
            Assert.Equal("ok", told["database"]);
        }
    }

    public static TheoryData<string> Folders => Rows.ChunksAreFiles ? ["blobs", "chunks"] : ["blobs"];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Folder_that_cannot_be_written_makes_it_not_ready(string name)
    {
        await using var host = await StartAsync();
        using var client = host.Client(Key);
        var folder = name == "blobs" ? host.Options.BlobsFolder : host.Options.ChunksFolder;
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "", Token);
        await ExpectFailedAsync(host, client, name);

        File.Delete(folder);
        Directory.CreateDirectory(folder);
        Assert.Equal("ok", (await ReadyAsync(client, HttpStatusCode.OK))[name]);
    }

    [Fact]
    public async Task Database_that_is_gone_makes_it_not_ready_until_it_is_back()
    {
        await using var host = await StartAsync();
        using var client = host.Client(Key);
        await Rows.LoseAsync(host.Options);
        await ExpectFailedAsync(host, client, "database");
        await Rows.PutBackAsync(host.Options);
        Assert.Equal("ok", (await ReadyAsync(client, HttpStatusCode.OK))["database"]);
    }

    [Fact]
    public async Task Start_that_is_not_over_is_not_ready()
    {
        var readiness = new Readiness();
        Assert.Equal(HealthStatus.Unhealthy, (await RunAsync(new StartCheck(readiness), HealthStatus.Unhealthy)).Status);
        readiness.Set();
        Assert.Equal(HealthStatus.Healthy, (await RunAsync(new StartCheck(readiness), HealthStatus.Unhealthy)).Status);
    }

    [Theory]
    [InlineData(5L << 30, HealthStatus.Healthy)]
    [InlineData(500L << 20, HealthStatus.Degraded)]
    [InlineData(1L << 20, HealthStatus.Unhealthy)]
    public void Disk_without_room_fails(long free, HealthStatus status) => Assert.Equal(status, DiskCheck.Judge(free, HealthStatus.Unhealthy).Status);

    [Fact]
    public async Task Tool_that_is_missing_only_degrades()
    {
        var told = await RunAsync(new ToolsCheck(Path.GetTempPath()), HealthStatus.Degraded);
        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Contains("tesseract, pdftoppm", told.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_server_that_does_not_answer_only_degrades()
    {
        using var remotes = new Host.Models.RemoteClients(TimeProvider.System);
        var check = new ModelServersCheck(remotes);
        Assert.Equal(HealthStatus.Healthy, (await RunAsync(check, HealthStatus.Degraded)).Status);

        // Nobody listens on port 9.
        using var chat = remotes.Chat(new Host.Models.RemoteServer(new Sdk.TenantId(Guid.NewGuid()), new Uri("http://127.0.0.1:9/v1"), null), "none");
        for (var asked = 0; asked < 20 && remotes.Count().Down == 0; asked++)
        {
            await Assert.ThrowsAsync<Inference.ModelException>(() => chat.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], cancellationToken: Token));
        }

        var told = await RunAsync(check, HealthStatus.Degraded);
        Assert.Equal((HealthStatus.Degraded, "1 of 1 model servers do not answer."), (told.Status, told.Description));
    }

    private static Task<HostFixture> StartAsync() => HostFixture.StartAsync(options => options with { MetricsKey = Key });

    private static async Task ExpectFailedAsync(HostFixture host, HttpClient client, string name)
    {
        Assert.Equal("failed", (await ReadyAsync(client, HttpStatusCode.ServiceUnavailable))[name]);
        using var stranger = host.Client();
        using var reply = await stranger.GetAsync("/health/ready", Token);
        var body = await reply.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        Assert.Contains("\"code\":\"unavailable\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("checks", body, StringComparison.Ordinal);
        Assert.Equal("""{"status":"live"}""", await stranger.GetStringAsync("/health/live", Token));
    }

    private static async Task<Dictionary<string, string>> ReadyAsync(HttpClient client, HttpStatusCode status)
    {
        using var reply = await client.GetAsync("/health/ready", Token);
        Assert.Equal(status, reply.StatusCode);
        using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token));
        return body.RootElement.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("status").GetString()!);
    }

    private static Task<HealthCheckResult> RunAsync(IHealthCheck check, HealthStatus failure) =>
        check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("one", check, failure, null) }, Token);
}
