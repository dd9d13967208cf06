using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Jobs;

namespace Tessera.Integration.Documents;

/// <summary>Work that was cut off by the death of its process, again and again.</summary>
public sealed class CutOffTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_that_was_cut_off_often_lets_the_rest_go_first_and_is_done_in_the_end()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (_, _) => go.Task });
        var ids = new Dictionary<int, Guid>();
        foreach (var attempts in (int[])[1, 3, 5, 11])
        {
            ids[attempts] = await bench.Http.AddAsync($"The fig of {attempts} attempts.", $"{attempts}.txt");
        }

        // As if the process had died while it worked on each of them.
        await using var scope = own.Scope(bench.Caller.Tenant);
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var lease = DateTimeOffset.UtcNow.AddSeconds(30);
        foreach (var (attempts, id) in ids)
        {
            await catalog.Work.Where(row => row.DocumentId == id).ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Attempts, attempts).SetProperty(x => x.LeaseUntil, lease).SetProperty(x => x.DueAt, lease.AddMinutes(-1)), Token);
        }

        await own.Services.GetRequiredService<WorkClaims>().ReleaseAllAsync(Token);
        var rows = await catalog.Work.AsNoTracking().Where(row => ids.Values.Contains(row.DocumentId)).ToDictionaryAsync(row => row.Attempts, Token);
        Assert.All(rows.Values, row => Assert.Null(row.LeaseUntil));
        var waits = rows.ToDictionary(x => x.Key, x => (x.Value.DueAt - lease.AddSeconds(-30)).TotalSeconds);
        Assert.InRange(waits[1], -31, -29);
        Assert.InRange(waits[3], 4, 15);
        Assert.InRange(waits[5], 19, 30);
        Assert.InRange(waits[11], 29, 40);

        go.SetResult();
        foreach (var id in ids.Values)
        {
            await bench.Http.SearchableAsync(id);
        }
    }
}
