namespace Tessera.Host.Hosts;

/// <summary>What only one may do at a time, on whichever host. Safe for concurrent use.</summary>
internal interface ITurns
{
    /// <summary>Waits for a turn; disposing ends it. Nobody takes a second one of its name before.</summary>
    /// <param name="name">As of <see cref="TurnNames"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Waits for a turn that any number may have at once, but not beside one of <see cref="TakeAsync"/>; those who waited longest come first.</summary>
    /// <param name="name">As of <see cref="TurnNames"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IAsyncDisposable> ShareAsync(string name, CancellationToken cancellationToken);
}
