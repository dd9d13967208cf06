using System.Net;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Integration.Models;

/// <summary>The same road with the engine itself: a child process loads each file and runs it once.</summary>
public sealed class RealEngineTests
{
    public static TheoryData<string> Families => [.. RandomModelShape.Tiny.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Model_of_each_family_passes_the_trial_for_its_role(string family)
    {
        Assert.SkipWhen(EngineState.Read().Missing is not null, EngineState.Read().Missing ?? "");
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            RandomModel.Write(path, RandomModelShape.Tiny[family], 1);
            Assert.Null(await new Host.Models.ModelTrial().RunAsync(path, ModelCard.Read(path).Role, Token));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Host_takes_a_model_in_by_its_own_trial()
    {
        Assert.SkipWhen(EngineState.Read().Missing is not null, EngineState.Read().Missing ?? "");
        await using var host = await HostFixture.StartAsync();
        var tenant = await host.AddTenantAsync();
        var caller = await host.AddCallerAsync(tenant, Host.Identity.TenantRole.Reader, isPlatformAdministrator: true);
        using var form = ModelBench.Form(ModelBench.Make(), "tiny");
        using var reply = await caller.Http.PostAsync(ModelBench.Root, form, Token);
        Assert.True(reply.StatusCode == HttpStatusCode.Created, await reply.Content.ReadAsStringAsync(Token));
    }
}
