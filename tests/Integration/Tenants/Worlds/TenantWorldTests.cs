using System.Globalization;
using CsCheck;
using Tessera.Integration.Observability;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>P10: whatever happens in a world of tenants, each sees its own alone. <c>TESSERA_SOAK=full</c> plays 200 worlds.</summary>
public sealed class TenantWorldTests
{
    private static readonly int Most = Environment.GetEnvironmentVariable("TESSERA_SOAK") == "full" ? 200 : 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenants_of_any_world_see_their_own_alone()
    {
        var (worlds, tenants, operations, replies) = (0, 0, 0, 0);
        await using var collector = await FakeCollector.StartAsync();

        // A reader serves one tenant only: with as many as there are tenants none is started twice.
        var host = await HostFixture.StartAsync(options => options with { OtlpEndpoint = collector.Address, OtlpProtocol = "http/protobuf", Workers = 8 });
        await using (host)
        {
            await WorldStep.Worlds.SampleAsync(
                async plan =>
                {
                    var world = await TenantWorld.MakeAsync(host, plan.Tenants);
                    await PlayAsync(world, plan.Steps);
                    (worlds, tenants, operations, replies) = (worlds + 1, tenants + plan.Tenants, operations + plan.Steps.Length, replies + world.Replies);
                },
                iter: Most,
                threads: 1);

            // One who is refused, so that there is a line in the log.
            using var refused = await host.Client("not-a-key").GetAsync(new Uri("/api/v1/domains", UriKind.Relative), Token);

            // What left the host beside the replies tells nobody's text. It leaves in batches, some seconds later.
            for (var started = TimeProvider.System.GetTimestamp(); collector.Count("traces", "tessera.answer") == 0 || collector.Count("logs", "was not authenticated") == 0;)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "Nothing was sent to the collector.");
                await Task.Delay(100, Token);
            }
        }

        Assert.Equal(0, collector.Count(null, WorldTenant.Sign));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: P10 {Rows.Kind}: {worlds} worlds, {tenants} tenants, {operations} operations, {replies} replies looked through, 0 leaks (bar: 0)"));
    }

    [Fact]
    public async Task Offenders_are_caught()
    {
        await using var host = await HostFixture.StartAsync();
        var world = await TenantWorld.MakeAsync(host, 2);
        var (one, other) = (world.Tenants[0], world.Tenants[1]);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => world.Check(one, "A reply", $"the seal of {other.Token}"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => world.Check(one, "A reply", $"{other.Papers["a.txt"].Id:D}"));

        // As if each saw what the other has: the model does not agree.
        one.Papers["theirs.txt"] = other.Papers["a.txt"];
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => WorldLook.RowsAsync(world, one));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => WorldLook.ChunksAsync(world, one));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ListsAsync(world, one));
    }

    private static async Task PlayAsync(TenantWorld world, WorldStep[] steps)
    {
        await LookAllAsync(world, world.Tenants[^1]);
        await world.SettleAsync(world.Tenants[0]);
        await WorldLook.FilledAsync(world, world.Tenants[0]);
        await WorldTrespass.TryAllAsync(world, world.Tenants[0], world.Tenants[1]);
        await WorldForgery.TryAsync(world, world.Tenants[0], world.Tenants[1]);
        foreach (var step in steps)
        {
            var who = world.At(step.Who);
            var whose = world.Other(who, step.Whose);
            await WorldActs.DoAsync(world, who, step);
            foreach (var tenant in world.Tenants.Where(tenant => tenant == who || tenant == whose))
            {
                await WorldLook.RowsAsync(world, tenant);
            }

            await ListAsync(world, whose, step.Pick);
        }

        await WorldActs.DoAsync(world, world.Tenants[0], new WorldStep(WorldAct.SwitchDomain, 0, 0, 0));
        await WorldActs.DoAsync(world, world.Tenants[^1], new WorldStep(WorldAct.DropTenant, 0, 0, 0));
        await WorldTrespass.TryAllAsync(world, world.Tenants[1], world.Tenants[0]);
        foreach (var tenant in world.Tenants)
        {
            await LookAllAsync(world, tenant);
        }
    }

    private static async Task LookAllAsync(TenantWorld world, WorldTenant tenant)
    {
        await world.SettleAsync(tenant);
        await WorldLook.RowsAsync(world, tenant);
        await WorldLook.ChunksAsync(world, tenant);
        WorldLook.Files(world, tenant);
        await ListsAsync(world, tenant);
        foreach (var act in (WorldAct[])[WorldAct.Read, WorldAct.Search, WorldAct.Explain, WorldAct.Ask, WorldAct.Complete])
        {
            await WorldActs.DoAsync(world, tenant, new WorldStep(act, 0, 0, 0));
        }
    }

    private static async Task ListsAsync(TenantWorld world, WorldTenant tenant)
    {
        for (var list = 0; list < 8; list++)
        {
            await ListAsync(world, tenant, list);
        }
    }

    // What a tenant is told that it has is what it has, no more and no less.
    private static async Task ListAsync(TenantWorld world, WorldTenant tenant, int pick)
    {
        const string domain = $"/api/v1/domains/{TenantWorld.Domain}";
        (string Path, IEnumerable<Guid> Ids)[] lists =
        [
            ($"{domain}/documents", tenant.Papers.Values.Select(paper => paper.Id)),
            ($"{domain}/conversations", tenant.Conversations),
            ($"{domain}/adaptation/questions", tenant.Questions),
            ("/api/v1/admin/keys", tenant.Keys),
            ("/api/v1/admin/users", [tenant.UserId, tenant.ClerkId]),
            ("/api/v1/admin/tenants", [tenant.Id.Value]),
        ];
        switch (pick % (lists.Length + 2))
        {
            case var list when list < lists.Length:
                Assert.Equal(lists[list].Ids.Order(), (await IdsAsync(lists[list].Path)).Order());
                break;
            case var list when list == lists.Length:
                Assert.Contains(tenant.JobId, await IdsAsync("/api/v1/admin/jobs"));
                break;
            default:
                Assert.Contains(tenant.Token, (await world.CallAsync(tenant, HttpMethod.Get, $"{domain}/adaptation")).ToString(), StringComparison.Ordinal);
                break;
        }

        async Task<IEnumerable<Guid>> IdsAsync(string path) =>
            (await world.CallAsync(tenant, HttpMethod.Get, $"{path}?limit=200")).GetProperty("items").EnumerateArray().Select(item => item.Id());
    }
}
