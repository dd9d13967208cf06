namespace Tessera.Host.Hosts;

/// <summary>Turns where one process owns the data folder; a stop ends every turn.</summary>
internal sealed class ProcessTurns : ITurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);

    public Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken) =>
        WaitAsync(name, alone: true, cancellationToken);

    public Task<IAsyncDisposable> ShareAsync(string name, CancellationToken cancellationToken) =>
        WaitAsync(name, alone: false, cancellationToken);

    private async Task<IAsyncDisposable> WaitAsync(string name, bool alone, CancellationToken cancellationToken)
    {
        var wish = new Wish(alone);
        lock (gate)
        {
            if (!turns.TryGetValue(name, out var turn))
            {
                turns[name] = turn = new Turn();
            }

            turn.Waiting.AddLast(wish);
            turn.LetIn();
        }

        try
        {
            await wish.Granted.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(name, wish);
            throw;
        }

        return new Taken(this, name, wish);
    }

    private void Leave(string name, Wish wish)
    {
        lock (gate)
        {
            var turn = turns[name];
            if (!turn.Waiting.Remove(wish))
            {
                turn.Holders--;
            }

            turn.LetIn();
            if (turn is { Holders: 0, Waiting.Count: 0 })
            {
                turns.Remove(name);
            }
        }
    }

    private sealed class Wish(bool isAlone)
    {
        public bool IsAlone { get; } = isAlone;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Turn
    {
        private bool isTakenAlone;

        public LinkedList<Wish> Waiting { get; } = new();

        public int Holders { get; set; }

        /// <summary>In their order: whoever wants to be alone is not overtaken by those who share.</summary>
        public void LetIn()
        {
            while (Waiting.First is { } next && (Holders == 0 || (!isTakenAlone && !next.Value.IsAlone)))
            {
                Waiting.RemoveFirst();
                Holders++;
                isTakenAlone = next.Value.IsAlone;
                next.Value.Granted.SetResult();
            }
        }
    }

    private sealed class Taken(ProcessTurns turns, string name, Wish wish) : IAsyncDisposable
    {
        private Wish? held = wish;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref held, null) is { } ended)
            {
                turns.Leave(name, ended);
            }

            return ValueTask.CompletedTask;
        }
    }
}
