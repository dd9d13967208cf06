using System.Globalization;

namespace Tessera.Integration.Faults;

/// <summary>P3: any call of a place where things are kept may fail. <c>TESSERA_SOAK=full</c> fails each of them.</summary>
public sealed class FaultTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("TESSERA_SOAK") == "full";

    [Fact]
    public async Task Failure_of_any_call_is_told_and_leaves_nothing_half_done()
    {
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> watch = (_, fault) => _ = fault.Exception.ToString().Contains("Made to fail", StringComparison.Ordinal) ? Interlocked.Increment(ref unobserved) : 0;
        TaskScheduler.UnobservedTaskException += watch;
        using var faults = await FaultHost.StartAsync();
        await using var host = faults.Host;
        await FaultStory.LiveAsync(faults, failing: int.MaxValue);
        var calls = await FaultStory.LiveAsync(faults, failing: int.MaxValue);
        Assert.True(calls > 50, $"Only {calls} calls were counted: the host does not go through what is to fail.");
        var step = IsFull ? 1 : calls / 8;
        var (failed, broken) = (0, new List<string>());
        for (var number = IsFull ? 1 : 1 + Random.Shared.Next(step); number <= calls; number += step)
        {
            try
            {
                await FaultStory.LiveAsync(faults, number);
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                broken.Add($"call {number}, {faults.Plan.Failed}: {wrong.Message}\n{wrong.StackTrace}");
            }

            failed += faults.Plan.Failed is null ? 0 : 1;
            faults.Plan.Disarm();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= watch;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: P3 {Rows.Kind}: {failed} of {calls} calls failed in turn, {broken.Count} broken invariants, {unobserved} unobserved exceptions (bar: 0)"));
        Assert.True(broken.Count == 0, string.Join("\n\n", broken));
        Assert.True(failed > 0 && unobserved == 0);
    }
}
