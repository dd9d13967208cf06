using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Documents;

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
        await FaultStory.LiveAsync(faults, FaultPlan.Never);
        var calls = await FaultStory.LiveAsync(faults, FaultPlan.Never);
        Assert.True(calls.Count > 50, $"Only {calls.Count} calls were counted: the host does not go through what is to fail.");
        var (failed, broken) = (0, new List<string>());
        foreach (var number in Chosen(calls))
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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: P3 {Rows.Kind}: {failed} of {calls.Count} calls failed in turn, {broken.Count} broken invariants, {unobserved} unobserved exceptions (bar: 0)"));
        Assert.True(broken.Count == 0, string.Join("\n\n", broken));
        Assert.True(failed > 0 && unobserved == 0);
    }

    [Fact]
    public async Task Offenders_are_caught()
    {
        using var faults = await FaultHost.StartAsync();
        await using var host = faults.Host;
        await ExpectNoticedAsync((fixture, document) => File.Delete(Blobs(fixture).PathOf(document.TenantId, document.Id, document.Revision)));
        await ExpectNoticedAsync((fixture, document) => File.WriteAllText(Path.Combine(fixture.Options.UploadsFolder, "left"), "left"));

        async Task ExpectNoticedAsync(Action<HostFixture, Document> breaking) =>
            Assert.IsAssignableFrom<Xunit.Sdk.XunitException>(await Record.ExceptionAsync(() => FaultStory.BreakAsync(faults, breaking)));

        static BlobStore Blobs(HostFixture fixture) => fixture.Services.GetRequiredService<BlobStore>();
    }

    // The short form takes a few, half of them commits that nobody was told of: these are the hard ones.
    private static IEnumerable<int> Chosen(IReadOnlyList<string> calls)
    {
        var all = Enumerable.Range(0, calls.Count).ToArray();
        var commits = all.Where(number => calls[number] == FaultPlan.AfterCommit).ToArray();
        return IsFull ? all : Random.Shared.GetItems(all, 5).Concat(Random.Shared.GetItems(commits, 5));
    }
}
