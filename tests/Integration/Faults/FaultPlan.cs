using System.Data.Common;
using Tessera.Rag;

namespace Tessera.Integration.Faults;

/// <summary>Counts what a host asks of the places where it keeps things, and lets one call fail: before it does anything, or when it has done it. Safe for concurrent use.</summary>
internal sealed class FaultPlan
{
    /// <summary>The number of no call.</summary>
    public const int Never = int.MaxValue;

    /// <summary>When all was kept and nobody was told.</summary>
    public const string AfterCommit = "after a commit";

    // The test's own looks at what is kept are no calls of the host's.
    private static readonly AsyncLocal<bool> Looking = new();

    private readonly Lock gate = new();
    private readonly List<string> calls = [];
    private int failing = Never;

    /// <summary>What was called since it was armed.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>What failed; null: nothing yet.</summary>
    public string? Failed { get; private set; }

    /// <summary>From now on the call of this number fails, counted from 0; none of the others.</summary>
    public void Arm(int number)
    {
        lock (gate)
        {
            calls.Clear();
            (Failed, failing) = (null, number);
        }
    }

    /// <summary>Whatever the caller does from here on itself is not counted and does not fail; what it asks over HTTP does.</summary>
    public static void LookOn() => Looking.Value = true;

    /// <summary>Nothing fails any more.</summary>
    public void Disarm() => failing = Never;

    /// <summary>Rows: a call of the database.</summary>
    public void PassRows(string what)
    {
        if (IsNext(what))
        {
            throw new RowsFault(what);
        }
    }

    /// <summary>Everything else that may be away for a while.</summary>
    public void Pass(string what)
    {
        if (IsNext(what))
        {
            throw new TransientException($"Made to fail: {what}");
        }
    }

    /// <summary>A call that may fail before it begins and after it ended.</summary>
    public async Task<T> AroundAsync<T>(string what, Func<Task<T>> call)
    {
        Pass($"before {what}");
        var result = await call();
        Pass($"after {what}");
        return result;
    }

    /// <summary>A call that may fail before it begins and after it ended.</summary>
    public Task AroundAsync(string what, Func<Task> call) => AroundAsync(what, async () =>
    {
        await call();
        return true;
    });

    private bool IsNext(string what)
    {
        if (Looking.Value)
        {
            return false;
        }

        lock (gate)
        {
            calls.Add(what);
            if (calls.Count - 1 != failing)
            {
                return false;
            }

            Failed = what;
            return true;
        }
    }

    private sealed class RowsFault(string what) : DbException($"Made to fail: {what}");
}
