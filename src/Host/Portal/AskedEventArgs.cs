namespace Tessera.Host.Portal;

/// <summary>A question was asked: Enter in the box, or the button.</summary>
public sealed class AskedEventArgs : EventArgs
{
    /// <summary>All that stood in the box at that moment.</summary>
    public string Question { get; set; } = "";

    /// <summary>How many questions the host had taken from the box, as far as the page knew.</summary>
    public int Round { get; set; }
}
