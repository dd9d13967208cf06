using System.ClientModel;
using OpenAI;
using Tessera.Host.Identity;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Integration.Models;

namespace Tessera.Integration.OpenAi;

/// <summary>A host with a domain and small models with random weights, and OpenAI's own client to speak to it.</summary>
public sealed class OpenAiBench : IAsyncLifetime
{
    public const string Domain = "openai";
    public const string Chat = "tiny-chat";
    public const string Embedder = "tiny-embedder";
    private const string ChatMl = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    internal HostFixture Host { get; private set; } = null!;

    internal TestCaller Caller { get; private set; } = null!;

    public Uri Address => new(Host.Address, "/v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (EngineState.Read().Missing is not null)
        {
            return;
        }

        Host = await HostFixture.StartAsync(options => options with { ModelTrial = new FakeTrial() });
        TestDomain.Load(Host, Domain);
        var tenant = await Host.AddTenantAsync();
        Caller = await Host.AddCallerAsync(tenant, TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        await AddAsync(Caller, Chat, RandomModelShape.Tiny["llama-bpe"] with { Context = 4096, ChatTemplate = ChatMl });
        await AddAsync(Caller, Embedder, RandomModelShape.Tiny["bert"]);
    }

    public static void Require() => Assert.SkipWhen(EngineState.Read().Missing is not null, EngineState.Read().Missing ?? "");

    public OpenAIClient Client(string? key = null) =>
        new(new ApiKeyCredential(key ?? Caller.Key), new OpenAIClientOptions { Endpoint = Address, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });

    internal async Task<TestCaller> KeyAsync(params string[] scopes) => await Host.AddCallerAsync(Caller.Tenant, TenantRole.Member, false, scopes);

    public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal static async Task AddAsync(TestCaller caller, string name, RandomModelShape shape)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            RandomModel.Write(path, shape, 11);
            using var form = Models.ModelBench.Form(await File.ReadAllBytesAsync(path, Token), name);
            using var reply = await caller.Http.PostAsync(Models.ModelBench.Root, form, Token);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Token));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
