using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tessera.Host.Answers.Load;
using Tessera.Sdk;

namespace Tessera.Integration.Answers.Load;

public sealed class QuestionTurnsTests
{
    private static readonly TenantId[] Tenants = [.. Enumerable.Range(1, 4).Select(i => new TenantId(new Guid(i, 0, 0, new byte[8])))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A step: tenant, and whether it takes, ends its oldest turn, or gives up its oldest wish.
    private static Gen<(int Tenant, int Act)[]> Steps => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4]).Array[1, 80];

    [Fact]
    public Task Turns_are_bounded_and_whoever_has_none_running_gets_the_one_that_is_kept() =>
        Gen.Select(Gen.Int[1, 3], Steps).SampleAsync(async (processors, steps) =>
        {
            var turns = new QuestionTurns(processors, new FakeTimeProvider());
            var wishes = Tenants.Select(_ => new List<(Task<QuestionTurns.Turn> Turn, CancellationTokenSource Stop)>()).ToArray();
            var came = new List<int>();
            foreach (var (tenant, act) in steps)
            {
                if (act < 3 && !came.Contains(tenant))
                {
                    came.Add(tenant);
                }

                var own = wishes[tenant];
                if (act < 3)
                {
                    var hadNone = own.Count == 0;
                    var wasFree = Running(wishes) <= processors && wishes.All(others => others.All(wish => wish.Turn.IsCompleted) || others.Any(wish => wish.Turn.IsCompleted));
                    var stop = new CancellationTokenSource();
                    own.Add((turns.TakeAsync(Tenants[tenant], goesOn: false, stop.Token), stop));
                    if (hadNone && wasFree)
                    {
                        await own[0].Turn.WaitAsync(TimeSpan.FromSeconds(20), Token);
                    }
                }
                else if (own.FindIndex(wish => wish.Turn.IsCompleted == (act == 3)) is >= 0 and var which)
                {
                    var (turn, stop) = own[which];
                    own.RemoveAt(which);
                    if (act == 3)
                    {
                        (await turn).Dispose();
                    }
                    else
                    {
                        await stop.CancelAsync();
                        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
                    }

                    stop.Dispose();
                }

                var most = came.Count > 1 ? Math.Max(1, processors - 1) : processors;
                await SettleAsync(wishes, most);
                Assert.True(Running(wishes) <= processors + 1);
                Assert.All(wishes.Select((own, i) => (Own: own, Most: came.Count > 0 && i == came[0] ? processors : most)), x => Assert.True(x.Own.Count(wish => wish.Turn.IsCompleted) <= x.Most));

                // In the order of their coming.
                Assert.All(wishes, x => Assert.Equal(x.Select(wish => wish.Turn.IsCompleted).OrderDescending(), x.Select(wish => wish.Turn.IsCompleted)));
            }

            for (var left = wishes.SelectMany(x => x).ToList(); left.Count > 0;)
            {
                var next = await Task.WhenAny(left.Select(wish => wish.Turn)).WaitAsync(TimeSpan.FromSeconds(20), Token);
                (await next).Dispose();
                left.RemoveAll(wish => wish.Turn == next);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public async Task Tenant_with_a_thousand_searches_does_not_keep_anothers_waiting()
    {
        var turns = new QuestionTurns(2, TimeProvider.System);
        var flood = Enumerable.Range(0, 1000).Select(_ => turns.TakeAsync(Tenants[0], goesOn: false, Token)).ToList();
        Assert.Equal(2, flood.Count(turn => turn.IsCompleted));
        using (await turns.TakeAsync(Tenants[1], goesOn: false, Token).WaitAsync(TimeSpan.FromSeconds(20), Token))
        {
            var second = turns.TakeAsync(Tenants[2], goesOn: false, Token);
            Assert.False(second.IsCompleted);

            // Before the 998 that came earlier.
            (await flood[0]).Dispose();
            (await second.WaitAsync(TimeSpan.FromSeconds(20), Token)).Dispose();
        }

        foreach (var turn in flood)
        {
            (await turn.WaitAsync(TimeSpan.FromSeconds(20), Token)).Dispose();
        }
    }

    [Fact]
    public async Task While_another_tenant_is_there_nobody_has_the_last_processor()
    {
        var time = new FakeTimeProvider();
        var turns = new QuestionTurns(4, time);
        (await turns.TakeAsync(Tenants[1], goesOn: false, Token)).Dispose();
        var flood = Enumerable.Range(0, 10).Select(_ => turns.TakeAsync(Tenants[0], goesOn: false, Token)).ToList();
        Assert.Equal(3, flood.Count(turn => turn.IsCompleted));

        // Gone for a while, it leaves the processor to who is there.
        time.Advance(TimeSpan.FromSeconds(11));
        (await flood[0]).Dispose();
        await Task.WhenAll(flood[1..5]).WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(5, flood.Count(turn => turn.IsCompleted));
        Assert.True((await flood[4]).IsOfMany);
    }

    [Fact]
    public async Task What_goes_on_comes_before_what_has_not_begun()
    {
        var turns = new QuestionTurns(1, TimeProvider.System);
        var first = await turns.TakeAsync(Tenants[0], goesOn: false, Token);
        var fresh = turns.TakeAsync(Tenants[0], goesOn: false, Token);
        var goesOn = turns.TakeAsync(Tenants[0], goesOn: true, Token);
        first.Dispose();
        using (await goesOn.WaitAsync(TimeSpan.FromSeconds(20), Token))
        {
            Assert.False(fresh.IsCompleted);
        }

        (await fresh.WaitAsync(TimeSpan.FromSeconds(20), Token)).Dispose();
    }

    private static int Running(List<(Task<QuestionTurns.Turn> Turn, CancellationTokenSource Stop)>[] wishes) => wishes.Sum(x => x.Count(wish => wish.Turn.IsCompleted));

    // A turn that was given is taken a moment later, on another thread.
    private static async Task SettleAsync(List<(Task<QuestionTurns.Turn> Turn, CancellationTokenSource Stop)>[] wishes, int processors)
    {
        for (var i = 0; i < 200 && Running(wishes) < Math.Min(processors, wishes.Max(x => Math.Min(x.Count, processors))); i++)
        {
            await Task.Delay(1, Token);
        }

        await Task.Yield();
    }
}
