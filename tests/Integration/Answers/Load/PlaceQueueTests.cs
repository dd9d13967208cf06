using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tessera.Host.Answers.Load;

namespace Tessera.Integration.Answers.Load;

public sealed class PlaceQueueTests
{
    [Fact]
    public void Each_who_is_sent_away_is_promised_a_later_time_within_a_minute() =>
        Gen.Int[1, 400].Array[1, 40].Sample(gaps =>
        {
            var time = new FakeTimeProvider();
            var queue = new PlaceQueue(1, time);
            foreach (var gap in gaps)
            {
                queue.Enter();
                time.Advance(TimeSpan.FromMilliseconds(gap));
                queue.Leave();
            }

            var promises = Enumerable.Range(0, 1000).Select(_ => queue.Promise()).ToList();
            Assert.Equal(promises.Order(), promises);
            Assert.All(promises, wait => Assert.InRange(wait, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)));

            // As far from each other as questions end after each other.
            var apart = (promises[1] - promises[0]).TotalMilliseconds;
            Assert.InRange(apart, Math.Min(10, gaps.Min()) - 1, Math.Max(10, gaps.Max()) + 1);
        });

    [Fact]
    public void Quiet_hours_say_nothing_of_the_pace_of_work()
    {
        var time = new FakeTimeProvider();
        var queue = new PlaceQueue(10, time);
        for (var i = 0; i < 100; i++)
        {
            queue.Enter();
            time.Advance(TimeSpan.FromMinutes(10));
            queue.Leave();
        }

        Assert.InRange(queue.Promise(), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Time_that_was_promised_is_over_some_time()
    {
        var time = new FakeTimeProvider();
        var queue = new PlaceQueue(1, time);
        for (var i = 0; i < 1000; i++)
        {
            queue.Promise();
        }

        Assert.True(queue.Promise() > TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(queue.Promise(), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }
}
