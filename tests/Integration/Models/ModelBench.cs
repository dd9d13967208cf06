using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Host.Identity;
using Tessera.Host.Startup;
using Tessera.Inference.Gguf;
using Tessera.Sdk;

namespace Tessera.Integration.Models;

/// <summary>A host of its own with a hub and an engine of ours, a platform administrator, and small models with random weights.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    public const string Root = "/api/v1/admin/models";
    private static int seed = 1;

    private ModelBench(HostFixture host, TenantId tenant, TestCaller caller, FakeTrial trial, FakeHub hub) =>
        (Host, Tenant, Caller, Trial, Hub) = (host, tenant, caller, trial, hub);

    public HostFixture Host { get; }

    public TenantId Tenant { get; }

    /// <summary>A platform administrator, who also manages the tenant.</summary>
    public TestCaller Caller { get; }

    public HttpClient Http => Caller.Http;

    public FakeTrial Trial { get; }

    public FakeHub Hub { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ModelBench> StartAsync(string? folder = null, Func<TesseraOptions, TesseraOptions>? change = null, bool ownHub = true)
    {
        var (trial, hub) = (new FakeTrial(), new FakeHub());
        var host = await HostFixture.StartAsync(
            options => (change?.Invoke(options) ?? options) with { ModelTrial = trial, ModelHub = ownHub ? hub : null }, folder);
        var tenant = await host.AddTenantAsync();
        var caller = await host.AddCallerAsync(tenant, TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        return new ModelBench(host, tenant, caller, trial, hub);
    }

    /// <summary>A model that no other test has.</summary>
    public static byte[] Make(string shape = "llama-bpe") => Make(RandomModelShape.Tiny[shape]);

    public static byte[] Make(RandomModelShape shape)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            RandomModel.Write(path, shape, Interlocked.Increment(ref seed));
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static MultipartFormDataContent Form(byte[] bytes, string? name = null, string? role = null, string file = "model.gguf")
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", file } };
        if (name is not null)
        {
            form.Add(new StringContent(name), "name");
        }

        if (role is not null)
        {
            form.Add(new StringContent(role), "role");
        }

        return form;
    }

    public async Task<JsonElement> AddAsync(byte[] bytes, string? name = null, string? role = null, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var form = Form(bytes, name, role);
        using var reply = await Http.PostAsync(Root, form, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(expected == reply.StatusCode, $"{(int)reply.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> PullAsync(string reference, string? name = null) =>
        await Http.CallAsync(HttpMethod.Post, Root, new { pull = reference, name }, HttpStatusCode.Accepted);

    /// <summary>The pull when it is over, or in the state that is waited for.</summary>
    public async Task<JsonElement> EndAsync(JsonElement pull, params string[] states)
    {
        while (true)
        {
            pull = await Http.CallAsync(HttpMethod.Get, $"{Root}/pulls/{pull.Id()}");
            if (states.Contains(pull.Text("state")) || pull.Text("state") is "Done" or "Failed" or "Stopped")
            {
                return pull;
            }

            await Task.Delay(20, Token);
        }
    }

    public async Task<List<JsonElement>> ListAsync() =>
        [.. (await Http.CallAsync(HttpMethod.Get, Root)).GetProperty("items").EnumerateArray()];

    public string FileOf(byte[] bytes) => Path.Combine(Host.Options.ModelsFolder, Hash(bytes) + ".gguf");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
