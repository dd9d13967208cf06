using Tessera.Host.Startup;

namespace Tessera.Integration.Answers.Load;

public sealed class QuietThreadsTests
{
    [Fact]
    public async Task Work_that_is_under_way_when_the_host_stops_comes_to_its_end()
    {
        var (begun, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Task<int> work;
        using (var quiet = new QuietThreads())
        {
            work = quiet.RunAsync(
                async () =>
                {
                    begun.SetResult();
                    await go.Task;
                    return 7;
                },
                TestContext.Current.CancellationToken);
            await begun.Task;
        }

        go.SetResult();
        Assert.Equal(7, await work.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
