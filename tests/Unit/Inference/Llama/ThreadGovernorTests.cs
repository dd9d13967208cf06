using Microsoft.Extensions.Time.Testing;
using Tessera.Inference.Llama.Engine;

namespace Tessera.Unit.Inference.Llama;

public sealed class ThreadGovernorTests
{
    private static readonly TimeSpan Normal = TimeSpan.FromMilliseconds(5);
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Even_steps_keep_all_threads()
    {
        var governor = Settled();
        Assert.Equal(2, governor.Threads);
    }

    [Fact]
    public void One_slow_step_is_chance_and_three_are_a_neighbour()
    {
        var governor = Settled();
        governor.Observe(1, Normal * 4);
        governor.Observe(1, Normal);
        Assert.Equal(2, governor.Threads);
        for (var i = 0; i < 3; i++)
        {
            governor.Observe(1, Normal * 4);
        }

        Assert.Equal(1, governor.Threads);
    }

    [Fact]
    public void Two_stalled_steps_are_enough_and_rests_grow()
    {
        var governor = Settled();
        governor.Observe(1, Normal * 20);
        Assert.Equal(2, governor.Threads);
        governor.Observe(1, Normal * 20);
        Assert.Equal(1, governor.Threads);
        clock.Advance(TimeSpan.FromMilliseconds(499));
        governor.Observe(1, Normal);
        Assert.Equal(1, governor.Threads);
        clock.Advance(TimeSpan.FromMilliseconds(2));
        governor.Observe(1, Normal);
        Assert.Equal(2, governor.Threads);
        governor.Observe(1, Normal * 20);
        governor.Observe(1, Normal * 20);
        clock.Advance(TimeSpan.FromMilliseconds(600));
        governor.Observe(1, Normal);
        Assert.Equal(1, governor.Threads);
    }

    [Fact]
    public void Prompts_and_single_tokens_are_not_measured_by_each_other()
    {
        var governor = Settled();
        for (var i = 0; i < 5; i++)
        {
            governor.Observe(512, Normal * 60);
        }

        Assert.Equal(2, governor.Threads);
    }

    [Fact]
    public void One_thread_stays_one()
    {
        var governor = new ThreadGovernor(1, clock);
        governor.Observe(1, Normal);
        governor.Observe(1, Normal * 100);
        Assert.Equal(1, governor.Threads);
    }

    private ThreadGovernor Settled()
    {
        var governor = new ThreadGovernor(2, clock);
        for (var i = 0; i < 20; i++)
        {
            governor.Observe(1, Normal);
        }

        return governor;
    }
}
