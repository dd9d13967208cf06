using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>One step: the slots' next tokens and pieces of unread prompts are read together, then each slot that has scores draws a token. On the engine's thread.</summary>
internal sealed class EngineStep(ContextHandle context, VocabularyHandle vocabulary, SlotTable slots, EngineShape shape, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly BatchBuffer batch = new(Math.Max(shape.BatchTokens, shape.Slots));
    private readonly List<(Slot Slot, int Row)> outputs = [];
    private readonly List<(Slot Slot, int Length)> before = [];
    private readonly HashSet<Generation> written = [];
    private readonly ThreadGovernor governor = new(shape.Threads, clock);
    private readonly bool[] ends = Ends(vocabulary);
    private AdapterHandle? applied;
    private long handedOver;
    private int threads = shape.Threads;
    private volatile Generation? reading;

    /// <summary>Ends the step early where it reads nothing but this reply's prompt. From any thread.</summary>
    public void Leave(Generation generation)
    {
        if (ReferenceEquals(reading, generation))
        {
            context.Abort();
        }
    }

    /// <summary>Takes the step. A reply that fails ends alone; what fails the step ends all of the group.</summary>
    /// <param name="group">Slots at work, all of one adapter.</param>
    public void Take(IReadOnlyList<Slot> group)
    {
        Prepare(group);
        Fill(group);
        var started = clock.GetTimestamp();
        var result = context.Decode(batch, abortable: reading is not null);
        reading = null;
        if (result != DecodeResult.Done)
        {
            Undo(group, result);
            return;
        }

        governor.Observe(batch.Count, clock.GetElapsedTime(started));
        foreach (var (slot, row) in outputs)
        {
            Draw(slot, row);
        }

        HandOver();
    }

    public void Dispose() => batch.Dispose();

    private static bool[] Ends(VocabularyHandle vocabulary)
    {
        var ends = new bool[vocabulary.Count];
        for (var token = 0; token < ends.Length; token++)
        {
            ends[token] = vocabulary.IsEnd(token);
        }

        return ends;
    }

    private void Prepare(IReadOnlyList<Slot> group)
    {
        if (group[0].Adapter != applied)
        {
            context.Use(group[0].Adapter);
            applied = group[0].Adapter;
        }

        if (governor.Threads != threads)
        {
            threads = governor.Threads;
            context.SetThreads(threads, threads);
        }
    }

    private void Fill(IReadOnlyList<Slot> group)
    {
        context.Arm();
        batch.Clear();
        outputs.Clear();
        before.Clear();
        foreach (var slot in group)
        {
            before.Add((slot, slot.Held.Count));
            if (slot.Work!.Written > 0)
            {
                outputs.Add((slot, Add(slot, slot.Work.Last, output: true)));
            }
        }

        var unread = group.Where(slot => slot.Unread > 0).ToList();
        if (unread.Count == 0)
        {
            return;
        }

        // A step is short where several are at work: those who write go on, and one who leaves is gone soon.
        var room = (group.Count > 1 ? Math.Min(shape.BusyBatchTokens, shape.BatchTokens) : shape.BatchTokens) - batch.Count;
        var share = Math.Max(1, room / unread.Count);
        foreach (var slot in unread)
        {
            Read(slot, Math.Min(Math.Min(slot.Unread, share), batch.Room - batch.Count));
        }

        reading = group.Count == 1 ? unread[0].Work : null;
    }

    private void Read(Slot slot, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var last = slot.Unread == 1;
            var row = Add(slot, slot.Work!.Request.Prompt[slot.Held.Count], last);
            if (last)
            {
                outputs.Add((slot, row));
            }
        }
    }

    private int Add(Slot slot, int token, bool output)
    {
        var row = batch.Add(token, slot.Held.Count, slot.Id, output);
        slot.Held.Add(token);
        return row;
    }

    // Compute threads hold every core and wait for each other by spinning: a reader that is woken while they compute takes one of them off its
    // core and stops all. So readers are woken together, and not at every token; who waits for a first one is not kept waiting.
    private void HandOver()
    {
        if (!written.Any(work => work.Written == 1) && clock.GetElapsedTime(handedOver) < Pause)
        {
            return;
        }

        foreach (var work in written)
        {
            work.HandOver();
        }

        // Several get the cores for a moment; one alone is cheaper without it.
        var started = clock.GetTimestamp();
        foreach (var work in written.Count > 1 ? written : [])
        {
            while (work.Unread > 0 && clock.GetElapsedTime(started) < Moment)
            {
                Thread.Sleep(0);
            }
        }

        written.Clear();
        handedOver = clock.GetTimestamp();
    }

    private void Undo(IReadOnlyList<Slot> group, DecodeResult result)
    {
        // What the step read of a part of its tokens is forgotten, so that each slot holds exactly what it says.
        foreach (var (slot, length) in before)
        {
            slots.Cut(slot, length);
        }

        if (result == DecodeResult.Aborted)
        {
            return;
        }

        foreach (var slot in group.Where(slot => slot.Work is not null))
        {
            var work = slot.Work!;
            slots.Empty(slot);
            work.Fail(new ModelException(ModelFault.Failed, "The engine failed while it read the prompt or wrote the reply. Ask again."));
        }
    }

    private void Draw(Slot slot, int row)
    {
        var work = slot.Work!;
        int token;
        try
        {
            token = work.Sampler.Next(context.Logits(row));
        }
        catch (ModelException failure)
        {
            SlotTable.Free(slot);
            work.Fail(failure);
            return;
        }

        if (ends[token] && !work.Request.NeverEnds)
        {
            SlotTable.Free(slot);
            work.End(cut: false);
            return;
        }

        work.Write(token);
        written.Add(work);
        var complete = work.Request.Constraint is { IsComplete: true };
        if (complete || work.Written >= work.Request.MostTokens || slot.Held.Count + 1 >= shape.SlotTokens)
        {
            SlotTable.Free(slot);
            work.End(cut: !complete);
        }
    }
}
