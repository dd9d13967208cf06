namespace Tessera.Host.Hosts;

/// <summary>Turns where one process owns the data folder; a stop ends every turn.</summary>
internal sealed class ProcessTurns : ITurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);

    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (gate)
        {
            if (!turns.TryGetValue(name, out turn))
            {
                turns[name] = turn = new Turn();
            }

            turn.Wanted++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(name, turn);
            throw;
        }

        return new Taken(this, name, turn);
    }

    private void Leave(string name, Turn turn)
    {
        lock (gate)
        {
            if (--turn.Wanted == 0)
            {
                turns.Remove(name);
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        /// <summary>By how many: the one that has it, and those that wait.</summary>
        public int Wanted { get; set; }
    }

    private sealed class Taken(ProcessTurns turns, string name, Turn turn) : IAsyncDisposable
    {
        private Turn? held = turn;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref held, null) is { } ended)
            {
                ended.Free.Release();
                turns.Leave(name, ended);
            }

            return ValueTask.CompletedTask;
        }
    }
}
