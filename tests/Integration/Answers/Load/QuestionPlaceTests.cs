using System.Globalization;
using Tessera.Host.Answers.Load;
using Tessera.Host.Identity;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Integration.Answers.Load;

public sealed class QuestionPlaceTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_reads_an_answer_slowly_holds_no_turn()
    {
        var turns = new QuestionTurns(1, TimeProvider.System);
        using var quiet = new QuietThreads();
        using var place = Place(turns, quiet);
        await using var steps = place.WorkAsync(StepsAsync(), onlyFirst: false, Token).GetAsyncEnumerator(Token);
        Assert.True(await steps.MoveNextAsync());

        // While the step is read, another question of the tenant has the only turn, and the next step waits for it.
        var other = await turns.TakeAsync(Tenant, goesOn: false, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        var next = steps.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        other.Dispose();
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.False(await steps.MoveNextAsync());
    }

    [Fact]
    public async Task Model_that_writes_needs_no_turn()
    {
        var turns = new QuestionTurns(1, TimeProvider.System);
        using var quiet = new QuietThreads();
        using var place = Place(turns, quiet);
        await using var steps = place.WorkAsync(StepsAsync(), onlyFirst: true, Token).GetAsyncEnumerator(Token);
        Assert.True(await steps.MoveNextAsync());
        using var other = await turns.TakeAsync(Tenant, goesOn: false, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.True(await steps.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Question_that_has_others_behind_it_is_worked_on_by_a_quiet_thread()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Niceness of a thread is read from /proc.");
        var turns = new QuestionTurns(1, TimeProvider.System);
        using var quiet = new QuietThreads();
        using var place = Place(turns, quiet);
        Assert.Equal(0, await place.WorkAsync(() => Task.FromResult(Niceness()), Token));

        var held = await turns.TakeAsync(Tenant, goesOn: false, Token);
        var first = place.WorkAsync(() => Task.FromResult(Niceness()), Token);
        var second = turns.TakeAsync(Tenant, goesOn: false, Token);
        held.Dispose();
        Assert.Equal(5, await first.WaitAsync(TimeSpan.FromSeconds(20), Token));
        (await second).Dispose();
    }

    private static QuestionPlace Place(QuestionTurns turns, QuietThreads quiet)
    {
        var tenant = new CurrentTenant();
        tenant.Set(Tenant, CallerIdentity.Operator);
        return new QuestionPlace(new QuestionPlaces(new TesseraOptions(), TimeProvider.System), turns, quiet, tenant);
    }

    private static async IAsyncEnumerable<int> StepsAsync()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
    }

    // The 19th field, counted behind the name, which may hold blanks.
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
