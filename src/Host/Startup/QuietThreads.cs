using System.Collections.Concurrent;

namespace Tessera.Host.Startup;

/// <summary>As many threads as there are processors, for work that may wait: see <see cref="QuietThread"/>. Safe for concurrent use.</summary>
internal sealed class QuietThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> tasks = [];

    public QuietThreads()
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "Quiet" }.Start();
        }
    }

    /// <summary>Does work there, until it first waits for something that is not done yet and did not ask to come back.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, this).Unwrap();

    public void Dispose() => tasks.CompleteAdding();

    protected override IEnumerable<Task> GetScheduledTasks() => [.. tasks];

    protected override void QueueTask(Task task)
    {
        try
        {
            tasks.Add(task);
        }
        catch (InvalidOperationException) when (tasks.IsAddingCompleted)
        {
            // The host stops; what is still under way goes on to its end elsewhere.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void Run()
    {
        QuietThread.Begin();
        foreach (var task in tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
