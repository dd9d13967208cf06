using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Hosts;

namespace Tessera.Integration.Hosts;

/// <summary>Turns, as the host's own database makes them.</summary>
public sealed class TurnTests(HostFixture host)
{
    private readonly ITurns turns = host.Services.GetRequiredService<ITurns>();
    private readonly string name = Guid.NewGuid().ToString("N");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_share_are_together_and_whoever_is_alone_is_alone()
    {
        var (together, most, alone) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Token }, async (i, token) =>
        {
            if (i % 5 == 0)
            {
                await using var turn = await turns.TakeAsync(name, token);
                Assert.Equal((0, 1), (Volatile.Read(ref together), Interlocked.Increment(ref alone)));
                await Task.Delay(2, token);
                Assert.Equal((0, 0), (Volatile.Read(ref together), Interlocked.Decrement(ref alone)));
                return;
            }

            await using var shared = await turns.ShareAsync(name, token);
            var now = Interlocked.Increment(ref together);
            InterlockedMax(ref most, now);
            Assert.Equal(0, Volatile.Read(ref alone));
            await Task.Delay(3, token);
            Interlocked.Decrement(ref together);
        });
        Assert.True(most > 1, "Nobody shared.");
    }

    [Fact]
    public async Task Whoever_waits_to_be_alone_is_not_overtaken_and_one_who_gives_up_holds_up_nobody()
    {
        using var patience = new CancellationTokenSource();
        Task<IAsyncDisposable> alone;
        Task<IAsyncDisposable> behind;
        await using (await turns.ShareAsync(name, Token))
        {
            alone = turns.TakeAsync(name, patience.Token);
            await Task.Delay(300, Token);
            behind = turns.ShareAsync(name, Token);
            Assert.NotSame(behind, await Task.WhenAny(behind, Task.Delay(300, Token)));
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
            await (await behind.WaitAsync(TimeSpan.FromSeconds(20), Token)).DisposeAsync();
        }

        await using var after = await turns.TakeAsync(name, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var known = Volatile.Read(ref most); known < now; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, known);
        }
    }
}
