using Microsoft.Extensions.Time.Testing;

namespace Tessera.Unit.Inference;

/// <summary>Time that stands still until a test moves it, and that tells the test who waits.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _watchers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_gate)
        {
            var watcher = _watchers.FindIndex(x => x.Due == dueTime);
            if (watcher < 0)
            {
                _timers.Add(dueTime);
            }
            else
            {
                _watchers[watcher].Seen.SetResult();
                _watchers.RemoveAt(watcher);
            }
        }

        return timer;
    }

    /// <summary>Until somebody has begun to wait for just that long; each wait counts once.</summary>
    public Task SomebodyWaits(TimeSpan due)
    {
        lock (_gate)
        {
            if (_timers.Remove(due))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((due, seen));
            return seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Lets time pass until the work has ended.</summary>
    public async Task PassUntil(Task work, TimeSpan step)
    {
        for (var i = 0; i < 3000 && !work.IsCompleted; i++)
        {
            Advance(step);
            await Task.WhenAny(work, Task.Delay(10));
        }

        Assert.True(work.IsCompleted, "It waits for something that never happens.");
    }
}
