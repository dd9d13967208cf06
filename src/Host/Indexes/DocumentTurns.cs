namespace Tessera.Host.Indexes;

/// <summary>
/// Whoever changes what indexes hold of a document has its turn alone: a copy that was read before a new revision, or before a deletion,
/// would otherwise be written after it. One process owns the data folder; a stop ends every turn.
/// </summary>
internal sealed class DocumentTurns
{
    // Documents that share one wait for each other now and then, for as long as a document is written.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for a document's turn; disposing ends it. Nobody takes a second one before.</summary>
    public async Task<IDisposable> TakeAsync(Guid document, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)document.GetHashCode() % turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? held = turn;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
