using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// Writes replies with one model: one thread, one context, slots that are read and written together in every step. Safe for concurrent use.
/// </summary>
internal sealed partial class TextEngine : IDisposable
{
    private readonly ContextHandle context;
    private readonly RequestQueue queue;
    private readonly SlotTable slots;
    private readonly EngineStep step;
    private readonly AdapterTurns turns;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly ConcurrentQueue<Task> errands = new();
    private readonly SemaphoreSlim signal = new(0);
    private volatile bool stopping;

    /// <exception cref="ModelException"><see cref="ModelFault.TooLarge"/>: the memory for the slots is not to be had.</exception>
    public TextEngine(ModelHandle model, EngineShape shape, TimeProvider clock, ILogger logger)
    {
        this.logger = logger;
        Shape = shape;
        context = ContextHandle.Create(
            model, new ContextShape(shape.Slots, shape.SlotTokens, Math.Max(shape.BatchTokens, shape.Slots), shape.BatchTokens, shape.Threads));
        queue = new RequestQueue(shape.Waiting);
        slots = new SlotTable(context, shape.Slots);
        step = new EngineStep(context, new VocabularyHandle(model), slots, shape, clock);
        turns = new AdapterTurns(shape.AdapterSteps);
        thread = new Thread(Run) { IsBackground = true, Name = "tessera-engine" };
        thread.Start();
    }

    /// <summary>What it was made for.</summary>
    public EngineShape Shape { get; }

    /// <summary>Takes a request; the reply comes through the returned object.</summary>
    /// <param name="request">The request; prompt and reply together fit a slot, or the reply is cut where they do not.</param>
    /// <param name="cancellationToken">Frees the slot at once.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.PromptTooLong"/>, or <see cref="ModelFault.Busy"/> with the time to wait.</exception>
    public Generation Submit(GenerationRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(stopping, this);
        if (request.Prompt.Count >= Shape.SlotTokens)
        {
            throw new ModelException(
                ModelFault.PromptTooLong,
                $"The prompt has {request.Prompt.Count} tokens; this model reads {Shape.SlotTokens - 1} at most and leaves room for a reply. Ask with less text.");
        }

        var generation = new Generation(request, cancellationToken);
        // Whoever leaves wakes the thread, and ends the step that reads the prompt.
        if (cancellationToken.CanBeCanceled)
        {
            generation.Watch(cancellationToken.Register(() =>
            {
                step.Leave(generation);
                Wake();
            }));
        }

        if (!queue.TryAdd(generation))
        {
            generation.Forget();
            throw new ModelException(ModelFault.Busy, "Too many questions wait for this model. Try again in a moment.")
            {
                RetryAfter = TimeSpan.FromSeconds(Math.Clamp(queue.Count / Shape.Slots, 1, 60)),
            };
        }

        Wake();
        return generation;
    }

    /// <summary>Does something to the model between two steps, on the engine's thread.</summary>
    public Task<T> BetweenStepsAsync<T>(Func<T> work)
    {
        ObjectDisposedException.ThrowIf(stopping, this);
        // What waits for it must not go on with the engine's thread.
        var task = new Task<T>(work, TaskCreationOptions.RunContinuationsAsynchronously);
        errands.Enqueue(task);
        Wake();
        return task;
    }

    /// <summary>Stops the thread and ends what is being written; frees the context.</summary>
    public void Dispose()
    {
        if (stopping)
        {
            return;
        }

        stopping = true;
        context.Abort();
        Wake();
        thread.Join();
        step.Dispose();
        context.Dispose();
        signal.Dispose();
    }

    private void Wake()
    {
        try
        {
            signal.Release();
        }
        catch (ObjectDisposedException)
        {
            // The engine is gone; so is the work.
        }
    }

    private void Run()
    {
        while (!stopping)
        {
            try
            {
                while (errands.TryDequeue(out var errand))
                {
                    errand.RunSynchronously();
                }

                DropCancelled();
                Admit();
                var group = turns.Next(slots.All);
                if (group.Count == 0)
                {
                    signal.Wait();
                    continue;
                }

                step.Take(group);
            }
            catch (Exception failure)
            {
                // Whatever failed, the engine lives on: the replies at work are told, their slots are emptied.
                LogFailed(logger, failure.GetType().Name);
                FailAll(failure as ModelException ?? new ModelException(ModelFault.Failed, "The engine failed while it wrote the reply. Ask again.", failure));
            }
        }

        FailAll(new ModelException(ModelFault.Busy, "The model was unloaded. Ask again.") { RetryAfter = TimeSpan.FromSeconds(1) });
        while (queue.Take(_ => 0) is { } waiting)
        {
            waiting.Fail(new ModelException(ModelFault.Busy, "The model was unloaded. Ask again.") { RetryAfter = TimeSpan.FromSeconds(1) });
        }
    }

    private void DropCancelled()
    {
        foreach (var slot in slots.All)
        {
            if (slot.Work is { Cancelled.IsCancellationRequested: true } work)
            {
                SlotTable.Free(slot);
                work.Fail(new OperationCanceledException(work.Cancelled));
            }
        }
    }

    private void Admit()
    {
        while (slots.HasFree && queue.Take(slots.AtWork) is { } work)
        {
            if (work.Cancelled.IsCancellationRequested)
            {
                work.Fail(new OperationCanceledException(work.Cancelled));
                continue;
            }

            slots.Seat(work);
        }
    }

    private void FailAll(Exception failure)
    {
        foreach (var slot in slots.All.Where(slot => slot.Work is not null))
        {
            var work = slot.Work!;
            slots.Empty(slot);
            work.Fail(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of the engine failed: {Failure}")]
    private static partial void LogFailed(ILogger logger, string failure);
}
