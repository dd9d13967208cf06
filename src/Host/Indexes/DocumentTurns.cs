namespace Tessera.Host.Indexes;

/// <summary>
/// Whoever changes what indexes hold of a document has its turn alone: a copy that was read before a new revision, or before a deletion,
/// would otherwise be written after it. One process owns the data folder; a stop ends every turn.
/// </summary>
internal sealed class DocumentTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Turn> turns = [];

    /// <summary>Waits for a document's turn; disposing ends it. Nobody takes a second one before.</summary>
    public async Task<IDisposable> TakeAsync(Guid document, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (gate)
        {
            if (!turns.TryGetValue(document, out turn))
            {
                turns[document] = turn = new Turn();
            }

            turn.Wanted++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(document, turn);
            throw;
        }

        return new Taken(this, document, turn);
    }

    private void Leave(Guid document, Turn turn)
    {
        lock (gate)
        {
            if (--turn.Wanted == 0)
            {
                turns.Remove(document);
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        /// <summary>By how many: the one that has it, and those that wait.</summary>
        public int Wanted { get; set; }
    }

    private sealed class Taken(DocumentTurns turns, Guid document, Turn turn) : IDisposable
    {
        private Turn? held = turn;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref held, null) is { } ended)
            {
                ended.Free.Release();
                turns.Leave(document, ended);
            }
        }
    }
}
