using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Integration.Plugins;

/// <summary>A host without bundled domains that trusts one publisher, and a platform administrator in it.</summary>
public sealed class PluginBench : IAsyncLifetime
{
    internal const string Route = "/api/v1/admin/plugins";
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-plugins-").FullName;

    internal TestPublisher Publisher { get; } = new();

    internal HostFixture Host { get; private set; } = null!;

    internal TenantId Tenant { get; private set; }

    internal HttpClient Http { get; private set; } = null!;

    internal LoadedPlugins Loaded => Host.Services.GetRequiredService<LoadedPlugins>();

    internal string PackagesFolder { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PackagesFolder = Directory.CreateDirectory(Path.Combine(folder, "packages")).FullName;
        await StartAsync();
    }

    /// <summary>Starts the host over the folder, again after <see cref="StopAsync"/>.</summary>
    internal async Task StartAsync()
    {
        Host = await HostFixture.StartAsync(Change, folder);
        Tenant = await Host.AddTenantAsync();
        Http = (await Host.AddCallerAsync(Tenant, TenantRole.TenantAdministrator, isPlatformAdministrator: true)).Http;
    }

    internal Task StopAsync() => Host.DisposeAsync().AsTask();

    internal async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    internal TesseraOptions Change(TesseraOptions options) =>
        options with { PackagesFolder = PackagesFolder, Publishers = [Publisher.PublicFile] };

    /// <param name="package">The bytes of the part <c>file</c>.</param>
    /// <param name="ask">Waits for the server's word before it sends the body, as clients of large bodies do.</param>
    internal async Task<HttpResponseMessage> SendAsync(byte[] package, bool ask = false)
    {
        using var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(package);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "file", "some.tessera");
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = form };
        request.Headers.ExpectContinue = ask;
        return await Http.SendAsync(request, Token);
    }

    internal async Task<JsonElement> InstallAsync(byte[] package)
    {
        using var reply = await SendAsync(package);
        var body = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.StatusCode == HttpStatusCode.Created, body);
        return JsonDocument.Parse(body).RootElement;
    }

    internal async Task<JsonElement> ViewAsync(string id = "legal") => await Http.CallAsync(HttpMethod.Get, $"{Route}/{id}");

    internal async Task<IReadOnlyList<JsonElement>> ListAsync() =>
        [.. (await Http.CallAsync(HttpMethod.Get, Route)).GetProperty("items").EnumerateArray()];

    internal Task<JsonElement> EnableAsync() =>
        Http.CallAsync(HttpMethod.Put, $"/api/v1/admin/tenants/{Tenant.Value}/domains/legal", new { enabled = true }, HttpStatusCode.NoContent);

    /// <summary>Names of what lies in the folder of installed packages.</summary>
    internal IReadOnlyList<string> Kept() => [.. Directory.EnumerateFileSystemEntries(Host.Options.PluginsFolder).Select(path => Path.GetFileName(path))];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Publisher.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
